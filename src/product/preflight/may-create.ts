/** Whether an account may create projects, asked without creating one. */
import type { BrowserContext } from '@playwright/test';
import type { Account } from '../../run/accounts.ts';
import { ConfigurationError } from '../../run/configuration-error.ts';

/**
 * Of the length and letters of the product's own ids, and nobody's. Cancelling has the roles of launching and a generous
 * rate limit (PRODUCT.md sections 2 and 5); asking the launch route itself would use up one of its few launches.
 */
const nobodysRun = 'k570000000000000000000000000000';

/**
 * Asks the product to cancel a run that does not exist, as the analyst.
 * @returns a sentence when the answer says nothing of the role; undefined when the account may create.
 * @throws ConfigurationError when its role may not.
 */
export async function askMayCreate(
  { request }: Pick<BrowserContext, 'request'>,
  { email, organization, role }: Account,
  { timeoutMs, headers }: { timeoutMs: number; headers: Readonly<Record<string, string>> },
): Promise<string | undefined> {
  const answer = await request.post(`/api/runs/${nobodysRun}/cancel`, { headers, maxRedirects: 0, timeout: timeoutMs });
  const status = answer.status();
  if (status === 404) return undefined;
  if (status === 403)
    throw new ConfigurationError(
      `${email} may not create projects in ${organization} (the product answered 403), though the accounts file says "${role}": give an account that is an admin or a member there, or write its true role, external_partner.`,
    );
  if (status === 401 || (status >= 300 && status < 400))
    throw new ConfigurationError(
      `${email} is signed in, but the product's API does not accept that session (it answered ${status}): check that BASE_URL is the very address at which the product signs people in.`,
    );
  // A product that refuses malformed ids fails here after it has looked at the role, or before: nobody can tell.
  return `Whether ${email} may create projects is not known before the first launch: the product answered ${status} when it was asked to cancel a run that does not exist.`;
}
