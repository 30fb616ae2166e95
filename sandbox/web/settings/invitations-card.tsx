import { useQuery } from 'convex/react';
import { Check, Copy } from 'lucide-react';
import { type SyntheticEvent, useEffect, useState } from 'react';
import { toast } from 'sonner';
import { type PendingInvitation, type Role, roles } from '../../contract.ts';
import { callApi, messageOf, sendJson } from '../lib/api.ts';
import { longDate } from '../lib/format.ts';
import { queries } from '../lib/live.ts';
import { session } from '../lib/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '../ui/card.tsx';
import { Field, Input } from '../ui/field.tsx';
import { roleBadgeVariant, roleLabels } from '../ui/roles.ts';
import { Select } from '../ui/select.tsx';
import { PageSpinner, Spinner } from '../ui/spinner.tsx';

const path = '/api/invitations';

/** Inviting people, and the invitations that nobody has accepted yet. */
export function InvitationsCard() {
  const [invitations, setInvitations] = useState<PendingInvitation[]>();
  const [asked, setAsked] = useState(0);
  // Who accepts an invitation becomes a member: then the list is another one.
  const members = useQuery(queries.members, { orgId: session.orgId });

  useEffect(() => {
    const controller = new AbortController();
    const failure = 'Failed to load invitations';
    callApi<{ invitations: PendingInvitation[] }>(path, { signal: controller.signal }, failure).then(
      (answer) => setInvitations(answer.invitations),
      (error: unknown) => {
        if (!controller.signal.aborted) toast.error(failure, { description: messageOf(error) });
      },
    );
    return () => controller.abort();
  }, [asked, members]);
  const load = () => setAsked((times) => times + 1);

  return (
    <Card>
      <CardHeader>
        <CardTitle>Invitations</CardTitle>
        <CardDescription>No e-mail is sent: copy the link and pass it on.</CardDescription>
      </CardHeader>
      <CardContent className="stack">
        <InviteForm onSent={load} />
        {invitations === undefined && <PageSpinner />}
        {invitations?.length === 0 && <p className="quiet">No pending invitations.</p>}
        {invitations !== undefined && invitations.length > 0 && (
          <ul className="members" aria-label="Pending invitations">
            {invitations.map((invitation) => (
              <Invitation key={invitation.invitationId} invitation={invitation} onRevoked={load} />
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

function InviteForm({ onSent }: { onSent: () => void }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const [problem, setProblem] = useState<string>();
  const [sending, setSending] = useState(false);

  const send = async (event: SyntheticEvent) => {
    event.preventDefault();
    setSending(true);
    setProblem(undefined);
    try {
      await sendJson('POST', path, { email, role }, 'Failed to send invitation');
      toast.success('Invitation created', { description: `Copy the link for ${email.trim()}.` });
      setEmail('');
      onSent();
    } catch (error) {
      setProblem(messageOf(error));
    } finally {
      setSending(false);
    }
  };

  return (
    <form className="invite-form" noValidate onSubmit={(event) => void send(event)}>
      <Field label="Email" error={problem}>
        {(wiring) => (
          <Input {...wiring} type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
        )}
      </Field>
      <Field label="Role">
        {({ id }) => (
          <Select
            id={id}
            value={role}
            onChange={(value) => setRole(value as Role)}
            options={roles.map((each) => ({ value: each, label: roleLabels[each] }))}
          />
        )}
      </Field>
      <Button type="submit" disabled={sending}>
        {sending && <Spinner />}
        Send invitation
      </Button>
    </form>
  );
}

interface InvitationProps {
  invitation: PendingInvitation;
  onRevoked: () => void;
}

function Invitation({ invitation, onRevoked }: InvitationProps) {
  const { invitationId, email, role, invitedBy, expiresAt, link } = invitation;
  const [revoking, setRevoking] = useState(false);

  const revoke = async () => {
    setRevoking(true);
    try {
      const target = `${path}/${encodeURIComponent(invitationId)}`;
      await callApi(target, { method: 'DELETE' }, 'Failed to revoke invitation');
      toast.success(`The invitation of ${email} was revoked`);
    } catch (error) {
      toast.error('Failed to revoke invitation', { description: messageOf(error) });
    }
    // Also after a refusal: somebody may have accepted it meanwhile.
    onRevoked();
    setRevoking(false);
  };

  return (
    <li className="member">
      <div className="member-text">
        <p>{email}</p>
        <p className="quiet">
          Invited by {invitedBy} · expires {longDate(expiresAt)}
        </p>
        <p className="invitation-link">{link}</p>
      </div>
      <Badge variant={roleBadgeVariant[role]}>{roleLabels[role]}</Badge>
      <CopyButton email={email} link={link} />
      <Button variant="ghost" size="sm" disabled={revoking} onClick={() => void revoke()}>
        Revoke<span className="sr-only"> the invitation of {email}</span>
      </Button>
    </li>
  );
}

function CopyButton({ email, link }: { email: string; link: string }) {
  const [copied, setCopied] = useState(false);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied(true);
    } catch {
      // Browsers refuse it on an address that is neither secure nor of this machine.
      toast.error('The browser does not let this page copy', { description: 'Select the link and copy it by hand.' });
    }
  };

  return (
    <Button variant="outline" size="sm" onClick={() => void copy()}>
      {copied ? <Check aria-hidden size={16} /> : <Copy aria-hidden size={16} />}
      {copied ? 'Copied' : 'Copy link'}
      <span className="sr-only"> for {email}</span>
    </Button>
  );
}
