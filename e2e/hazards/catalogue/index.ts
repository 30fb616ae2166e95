/** The probes there are: what each tries, what its finding says, and what it costs. `npm run detection` reads it, too. */
import { dashboard } from './dashboard.ts';
import { input } from './input.ts';
import { launching } from './launching.ts';
import { privacy } from './privacy.ts';
import { results } from './results.ts';
import { reviewing } from './reviewing.ts';
import { running } from './running.ts';
import { sessions } from './sessions.ts';

export type { CatalogueEntry } from './entry.ts';

export const catalogue = {
  ...launching,
  ...reviewing,
  ...running,
  ...dashboard,
  ...privacy,
  ...results,
  ...sessions,
  ...input,
} as const;
