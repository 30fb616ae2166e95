/** What an S3-compatible store must do, as a table: run against the sandbox's always, and against a real one when there is one. */
import { listingChecks } from './listing.ts';
import { multipartChecks } from './multipart.ts';
import { objectChecks } from './objects.ts';
import { signatureChecks } from './signatures.ts';
import type { Check } from './target.ts';

export type { Check, CheckTarget } from './target.ts';

export const checks: readonly Check[] = [...objectChecks, ...listingChecks, ...multipartChecks, ...signatureChecks];
