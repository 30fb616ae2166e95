/** Sessions, connections and pages that break off and come back. */
import type { CatalogueEntry } from './entry.ts';

export const sessions = {} as const satisfies Record<string, CatalogueEntry>;
