/** What must come of a bundle, where that is known. */
import { isOwn, type Analyst, type Bundle } from '../../fixtures/test.ts';

/**
 * The bundle with all that the catalog says of it: the weight, the loops and the columns in doubt that the sandbox finds.
 * Undefined where the product alone knows: the bundle is one's own, or the product is, and judges for itself.
 */
export function knownOf({ bundle, settings }: Analyst): Bundle | undefined {
  return isOwn(bundle) || settings.BASE_URL !== undefined ? undefined : bundle;
}
