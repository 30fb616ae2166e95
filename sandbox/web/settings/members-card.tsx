import { useQuery } from 'convex/react';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { MembershipRow } from '../../contract.ts';
import { callApi, messageOf } from '../lib/api.ts';
import { initials } from '../lib/format.ts';
import { queries } from '../lib/live.ts';
import { may, session } from '../lib/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { roleBadgeVariant, roleLabels } from '../ui/roles.ts';
import { PageSpinner } from '../ui/spinner.tsx';

export function MembersCard() {
  const members = useQuery(queries.members, { orgId: session.orgId });
  const [leaving, setLeaving] = useState<MembershipRow>();
  return (
    <Card>
      <CardHeader>
        <CardTitle>Members</CardTitle>
      </CardHeader>
      <CardContent className="members">
        {members === undefined && <PageSpinner />}
        {members?.length === 0 && <p className="quiet">No members found.</p>}
        {members?.map((member) => (
          <Member key={member._id} member={member} onRemove={() => setLeaving(member)} />
        ))}
      </CardContent>
      <ConfirmDialog
        open={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title="Remove member"
        description={`${leaving?.name ?? 'This member'} will lose access at once.`}
        expected={leaving?.email ?? ''}
        prompt="Type their email address to confirm"
        action="Remove Member"
        onConfirm={async () => {
          if (leaving) await remove(leaving);
        }}
      />
    </Card>
  );
}

async function remove(member: MembershipRow): Promise<void> {
  try {
    await callApi(`/api/members/${encodeURIComponent(member._id)}`, { method: 'DELETE' }, 'Failed to remove member');
  } catch (error) {
    toast.error('Failed to remove member', { description: messageOf(error) });
    throw error;
  }
  toast.success(`${member.name} has been removed`);
}

function Member({ member, onRemove }: { member: MembershipRow; onRemove: () => void }) {
  const self = member.userId === session.userId;
  return (
    <div className="member">
      <span className="avatar" aria-hidden>
        {initials(member.name, member.email)}
      </span>
      <div className="member-text">
        <p>
          {member.name}
          {self && <span className="quiet"> (you)</span>}
        </p>
        <p className="quiet">{member.email}</p>
      </div>
      <Badge variant={roleBadgeVariant[member.role]}>{roleLabels[member.role]}</Badge>
      {may('remove-member') && !self && (
        <Button variant="ghost" size="icon" onClick={onRemove}>
          <Trash2 aria-hidden size={16} />
          <span className="sr-only">Remove {member.name}</span>
        </Button>
      )}
    </div>
  );
}
