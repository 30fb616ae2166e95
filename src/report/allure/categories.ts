/** What kinds of failures there are, so that a glance tells a defect of the product from the run's own trouble. */

/** A rule as Allure 3 reads it from its configuration; it ignores a `categories.json` among the results. Patterns match anywhere. */
interface Category {
  readonly name: string;
  readonly matchers: { readonly statuses: readonly ('failed' | 'broken')[]; readonly message?: string };
  readonly groupByMessage: boolean;
}

function category(name: string, message?: string): Category {
  return {
    name,
    matchers: { statuses: ['failed', 'broken'], ...(message === undefined ? {} : { message }) },
    groupByMessage: true,
  };
}

/** The first that fits counts; what fits no other is held against the product until somebody has looked. */
export const CATEGORIES: readonly Category[] = [
  category('Rate limit', '\\b429\\b|[Rr]ate limit|RATE_LIMIT_WAIT_S'),
  category('Set-up', 'Signing in as|no account|START_DEADLINE_S|could not begin|was never begun|Fixture "stage"'),
  category('Generator', 'killed or crashed|The page crashed|browser has been closed'),
  category('Product defect'),
];
