/** Settings of the sign-in that exclude or need one another. */
import type { Settings } from '../settings-table.ts';

type SignInSettings = Pick<
  Settings,
  | 'BASE_URL'
  | 'ACCOUNTS_FILE'
  | 'AUTH_MODE'
  | 'SIGN_IN'
  | 'TOKEN_SECRET'
  | 'TOKEN_KEY_FILE'
  | 'TOKEN_ALGORITHM'
  | 'TOKEN_CLAIMS'
  | 'TOKEN_COOKIE'
  | 'TOKEN_HEADER'
>;

/** @returns a sentence for each problem. */
export function signInContradictions(settings: SignInSettings): string[] {
  const { BASE_URL, ACCOUNTS_FILE, AUTH_MODE, SIGN_IN } = settings;
  const problems: string[] = [];
  if (BASE_URL === undefined && AUTH_MODE !== 'hosted')
    problems.push(
      `AUTH_MODE is ${AUTH_MODE} but BASE_URL is not set: the sandbox is signed in to through its form. Unset AUTH_MODE, or set BASE_URL.`,
    );
  if (BASE_URL === undefined && SIGN_IN === 'kept')
    problems.push(
      'SIGN_IN is kept but BASE_URL is not set: the sandbox is a new product each time, and knows no earlier sign-in.',
    );
  if (AUTH_MODE !== 'hosted' && SIGN_IN !== 'auto')
    problems.push(`SIGN_IN is ${SIGN_IN} but AUTH_MODE is ${AUTH_MODE}: there is no sign-in to keep. Unset SIGN_IN.`);
  if (AUTH_MODE === 'bypass' && ACCOUNTS_FILE !== undefined)
    problems.push(
      'ACCOUNTS_FILE is set but AUTH_MODE is bypass: everybody is the same user there, so its accounts would not be used. Unset one of them.',
    );
  return [...problems, ...(AUTH_MODE === 'token' ? ofTokens(settings) : ofUnusedTokens(settings))];
}

function ofTokens(settings: SignInSettings): string[] {
  const { TOKEN_SECRET, TOKEN_KEY_FILE, TOKEN_ALGORITHM, TOKEN_COOKIE, TOKEN_HEADER } = settings;
  const problems: string[] = [];
  const isShared = TOKEN_ALGORITHM.startsWith('HS');
  const needed = isShared ? 'TOKEN_SECRET' : 'TOKEN_KEY_FILE';
  const other = isShared ? 'TOKEN_KEY_FILE' : 'TOKEN_SECRET';
  if (settings[needed] === undefined)
    problems.push(
      `AUTH_MODE is token and TOKEN_ALGORITHM ${TOKEN_ALGORITHM}, but ${needed} is not set: it is what signs then.`,
    );
  if (settings[other] !== undefined)
    problems.push(`${other} is set but TOKEN_ALGORITHM is ${TOKEN_ALGORITHM}, which signs with ${needed}: unset it.`);
  if (isShared && TOKEN_SECRET !== undefined && TOKEN_KEY_FILE === undefined) problems.push(...ofSecret(TOKEN_SECRET));
  if (TOKEN_COOKIE === undefined && TOKEN_HEADER === undefined)
    problems.push('AUTH_MODE is token, but nothing carries the token: set TOKEN_COOKIE, or TOKEN_HEADER.');
  if (TOKEN_COOKIE !== undefined && !/^[\w!#$%&'*+.^`|~-]+$/.test(TOKEN_COOKIE))
    problems.push(`TOKEN_COOKIE is "${TOKEN_COOKIE}": it must be the name of a cookie, such as session.`);
  if (TOKEN_HEADER !== undefined && !/^[\w!#$%&'*+.^`|~-]+: *[^\r\n]*\{token\}[^\r\n]*$/.test(TOKEN_HEADER))
    problems.push(
      `TOKEN_HEADER is "${TOKEN_HEADER}": it must be a name, a colon and a value with {token}, such as Authorization: Bearer {token}.`,
    );
  return [...problems, ...ofClaims(settings.TOKEN_CLAIMS)];
}

/** What cannot be decoded would sign with fewer bytes than were meant, without a word. */
function ofSecret(secret: string): string[] {
  const wrong =
    (/^hex:/.test(secret) && !/^hex:([0-9a-f]{2})+$/i.test(secret)) ||
    (/^base64:/.test(secret) && !/^base64:[A-Za-z0-9+/_-]+={0,2}$/.test(secret));
  return wrong ? ['TOKEN_SECRET cannot be read: after hex: or base64: there must be bytes in that spelling.'] : [];
}

const ownClaims = ['iat', 'exp'];

function ofClaims(text: string): string[] {
  const wrong = (what: string): string[] => [
    `TOKEN_CLAIMS is ${text}: it ${what}, such as {"sub":"{email}","org":"{organization}"}.`,
  ];
  let claims: unknown;
  try {
    claims = JSON.parse(text);
  } catch {
    return wrong('is not valid JSON: it must be an object');
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return wrong('must be a JSON object');
  const taken = ownClaims.find((name) => Object.hasOwn(claims, name));
  if (taken !== undefined) return wrong(`must not hold "${taken}", which follows from TOKEN_MINUTES`);
  const unknown = [...text.matchAll(/\{(\w+)\}/g)].find(
    ([, name = '']) => !['email', 'name', 'organization', 'role'].includes(name),
  );
  return unknown
    ? wrong(`holds ${unknown[0]}, which no account has: there are {email}, {name}, {organization} and {role}`)
    : [];
}

function ofUnusedTokens(settings: SignInSettings): string[] {
  const names = ['TOKEN_SECRET', 'TOKEN_KEY_FILE', 'TOKEN_COOKIE', 'TOKEN_HEADER'] as const;
  const set = names.filter((name) => settings[name] !== undefined);
  return set.length === 0
    ? []
    : [
        `${set.join(' and ')} ${set.length === 1 ? 'is' : 'are'} set but AUTH_MODE is ${settings.AUTH_MODE}: set AUTH_MODE=token, or unset ${set.length === 1 ? 'it' : 'them'}.`,
      ];
}
