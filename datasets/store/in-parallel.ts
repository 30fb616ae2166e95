import pLimit from 'p-limit';

/** Does something with each item, so many at a time. After the first failure nothing new is begun; what is under way is waited for. */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  action: (item: T) => Promise<R>,
): Promise<R[]> {
  const limit = pLimit(atOnce);
  let failed = false;
  let failure: unknown;
  const results = await limit.map(items, async (item) => {
    if (failed) return undefined;
    try {
      return await action(item);
    } catch (error) {
      if (!failed) failure = error;
      failed = true;
      return undefined;
    }
  });
  if (failed) throw failure;
  // Without a failure every item has its result.
  return results as R[];
}
