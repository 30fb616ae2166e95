/** Which door the settings describe. */
import type { Settings } from '../../run/settings.ts';
import { BypassDoor } from './bypass-door.ts';
import type { Door } from './door.ts';
import { HostedDoor } from './hosted-door.ts';
import { KeptStates } from './kept-states.ts';
import { TokenDoor } from './token-door.ts';
import { openMint } from './tokens.ts';

export interface DoorOptions {
  readonly baseUrl: string;
  /** Where earlier sign-ins are kept. */
  readonly keptFolder?: string;
}

/** The door that the settings describe. @throws ConfigurationError for a key that cannot be used. */
export function openDoor(settings: Settings, { baseUrl, keptFolder }: DoorOptions): Door {
  const { AUTH_MODE, BASE_URL, SIGN_IN, SESSION_MINUTES: sessionMinutes } = settings;
  switch (AUTH_MODE) {
    case 'bypass':
      return new BypassDoor();
    case 'token':
      return new TokenDoor({
        baseUrl,
        mint: openMint(settings),
        cookie: settings.TOKEN_COOKIE,
        header: settings.TOKEN_HEADER,
      });
    case 'hosted': {
      const keeps = SIGN_IN === 'kept' || (SIGN_IN === 'auto' && BASE_URL !== undefined);
      return new HostedDoor({ baseUrl, kept: keeps ? new KeptStates(baseUrl, keptFolder) : undefined, sessionMinutes });
    }
  }
}
