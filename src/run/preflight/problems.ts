/** Gathers what is wrong, so that all of it can be told at once. */
import { ConfigurationError } from '../configuration-error.ts';
import { veil } from '../secrets.ts';

export class Problems {
  /** One place for each check, in the order in which they were begun: the list reads the same however long each takes. */
  readonly #places: string[][] = [];

  /** What a check finds, or undefined when it throws: its message is a problem then. Checks may run at the same time. */
  async of<T>(check: () => T | Promise<T>): Promise<T | undefined> {
    const place: string[] = [];
    this.#places.push(place);
    try {
      return await check();
    } catch (error) {
      place.push(veil(sentenceOf(error)));
      return undefined;
    }
  }

  /** Each problem, a sentence or a few; what two checks found is told once. */
  get found(): string[] {
    return [...new Set(this.#places.flat())];
  }

  /** @throws ConfigurationError with everything that was found, unless that is nothing. */
  throwIfAny(): void {
    const { found } = this;
    if (found.length > 0) throw new ConfigurationError(found.join('\n'));
  }
}

/** A message of our own stays as it is; of Playwright's, what comes after the first line is for those who debug. */
function sentenceOf(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return (message.split('\n', 1)[0] ?? message).replace(/^Error: /, '');
}
