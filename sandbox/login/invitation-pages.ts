import { roleLabels } from '../contract.ts';
import { shortestPassword } from '../store/accounts.ts';
import { escapeHtml, renderDocument } from './document.ts';
import { longestName, longestPassword, type EntryProblems, type Offer } from './invitations.ts';
import { mark } from './pages.ts';

/** An invitation that cannot be accepted, and why. */
const endings = {
  // Where somebody follows their link again this is no error: the account is there.
  used: {
    status: 200,
    heading: 'This invitation has already been used',
    text: 'Whoever accepted it has an account and signs in with it.',
  },
  expired: {
    status: 410,
    heading: 'This invitation has expired',
    text: 'Ask an administrator of the organization for a new one.',
  },
  revoked: {
    status: 410,
    heading: 'This invitation was withdrawn',
    text: 'An administrator of the organization took it back. Ask them if this is a mistake.',
  },
  unknown: {
    status: 404,
    heading: 'This invitation is not known',
    text: 'The link may be incomplete. Copy all of it, or ask for it again.',
  },
} as const;
export type Ending = keyof typeof endings;

function panel(title: string, content: string): string {
  return renderDocument(
    `${title} · Crosstab AI`,
    `<main class="centre">${mark}<div class="panel">
${content}
</div></main>`,
  );
}

/** The page of an invitation that is over, with its status. */
export function endingPage(ending: Ending, appUrl: string): { status: number; html: string } {
  const { status, heading, text } = endings[ending];
  return {
    status,
    html: panel(
      heading,
      `<h1>${heading}</h1><p>${text}</p>
<div class="actions"><a class="button" href="${escapeHtml(appUrl)}/dashboard">Sign in</a></div>`,
    ),
  };
}

function field(id: 'name' | 'password', label: string, attributes: string, problem: string | undefined): string {
  const invalid = problem === undefined ? '' : ` aria-invalid="true" aria-describedby="${id}-problem"`;
  return `<label for="${id}">${label}</label>
<input id="${id}" name="${id}" required ${attributes}${invalid}>
${problem === undefined ? '' : `<p class="wrong" id="${id}-problem">${escapeHtml(problem)}</p>`}`;
}

/** Who invites whom to what, and the form that accepts: a new account, or the password of the one there is. */
export function offerPage(token: string, offer: Offer, name = '', problems: EntryProblems = {}): string {
  const { organization, role, email, invitedBy, hasAccount } = offer;
  const facts = [
    ['Organization', organization],
    ['Role', roleLabels[role]],
    ['Email', email],
    ['Invited by', invitedBy],
  ] as const;
  const rows = facts.map(([term, value]) => `<div><dt>${term}</dt><dd>${escapeHtml(value)}</dd></div>`).join('');
  // Where something is to be entered first.
  const focusName = !hasAccount && (problems.name !== undefined || problems.password === undefined);
  const fields = hasAccount
    ? field('password', 'Password', 'type="password" autocomplete="current-password" autofocus', problems.password)
    : field(
        'name',
        'Name',
        `autocomplete="name" maxlength="${longestName}" value="${escapeHtml(name)}"${focusName ? ' autofocus' : ''}`,
        problems.name,
      ) +
      field(
        'password',
        'Password',
        `type="password" autocomplete="new-password" maxlength="${longestPassword}"${focusName ? '' : ' autofocus'}`,
        problems.password,
      ) +
      (problems.password === undefined ? `<p class="foot">At least ${shortestPassword} characters.</p>` : '');
  const introduction = hasAccount
    ? 'You have an account already. Sign in with its password to accept.'
    : 'Choose a name and a password to accept.';
  return panel(
    `Join ${organization}`,
    `<h1>Join ${escapeHtml(organization)}</h1><p>${introduction}</p>
<dl>${rows}</dl>
<form method="post" action="/invitations/${escapeHtml(token)}" novalidate>
${fields}<button type="submit">Accept invitation</button></form>`,
  );
}
