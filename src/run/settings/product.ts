/** Which product is driven, and who may in. */
import { address, duration, entry, list, oneOf, optionalDuration, optionalText, text } from './shapes.ts';

export const productSettings = {
  BASE_URL: entry('', 'Address of the product to drive. Empty: the sandbox is started for you.', address),
  ALLOWED_HOSTS: entry('', 'Host names, separated by commas, that may be driven besides this machine.', list),
  ACCOUNTS_FILE: entry(
    '',
    'With BASE_URL: a JSON file with one account an analyst: [{"email","password","name","organization","role"}]; "alsoIn" names a further organization of one.',
    optionalText,
  ),
  ADMIN_EMAIL: entry(
    '',
    "With BASE_URL: the admin who deletes the run's projects, unless the accounts file holds one for each organization.",
    optionalText,
  ),
  ADMIN_PASSWORD: entry('', "That admin's password.", optionalText, true),
  AUTH_MODE: entry(
    'hosted',
    'With BASE_URL, how analysts get in. hosted: through the sign-in form; token: with tokens that Muster signs (TOKEN_…); bypass: the product lets everybody in as the same user.',
    oneOf(['hosted', 'token', 'bypass']),
  ),
  SIGN_IN: entry(
    'auto',
    'With AUTH_MODE=hosted. fresh: every analyst signs in through the form; kept: an earlier sign-in is used again while it is good; auto: kept with BASE_URL, fresh on the sandbox.',
    oneOf(['auto', 'fresh', 'kept']),
  ),
  SESSION_MINUTES: entry(
    '',
    'With BASE_URL: minutes after which a sign-in is over; it is renewed before. Empty: when the cookie of the product says, or 60 where it does not.',
    optionalDuration(0.05),
  ),
  TOKEN_SECRET: entry(
    '',
    'With AUTH_MODE=token: the shared secret that signs (HS256, HS384, HS512), as text, or its bytes as hex:… or base64:….',
    optionalText,
    true,
  ),
  TOKEN_KEY_FILE: entry('', 'Or the file of a private key (PEM, PKCS #8) that does.', optionalText),
  TOKEN_ALGORITHM: entry(
    'HS256',
    'With AUTH_MODE=token: HS256, HS384, HS512, RS256, RS384, RS512, PS256, ES256, ES384 or EdDSA.',
    oneOf(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA']),
  ),
  TOKEN_CLAIMS: entry(
    '{"sub":"{email}"}',
    'With AUTH_MODE=token: the claims, as JSON; {email}, {name}, {organization} and {role} are the account’s, and its "claims" in the accounts file are added.',
    text,
  ),
  TOKEN_COOKIE: entry('', 'With AUTH_MODE=token: the cookie that carries the token.', optionalText),
  TOKEN_HEADER: entry(
    '',
    'Or the header, as "Authorization: Bearer {token}". Only requests to BASE_URL get it, and WebSockets cannot: where they need the token, use TOKEN_COOKIE.',
    optionalText,
  ),
  TOKEN_MINUTES: entry(
    '60',
    'With AUTH_MODE=token: minutes until a token expires; it is renewed before.',
    duration(0.05),
  ),
};
