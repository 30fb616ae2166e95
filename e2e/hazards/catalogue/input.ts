/** Bundles and amounts that are out of the ordinary. */
import type { CatalogueEntry } from './entry.ts';

export const input = {} as const satisfies Record<string, CatalogueEntry>;
