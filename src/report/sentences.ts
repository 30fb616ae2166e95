/** Sentences for people to read: as many as anybody reads, and how many more there would be. */
export class Sentences {
  readonly #most: number;
  readonly #rest: (more: number) => string;
  readonly #first: string[] = [];
  #more = 0;

  /** `rest` says that there are more. */
  constructor(most: number, rest: (more: number) => string) {
    this.#most = most;
    this.#rest = rest;
  }

  add(sentence: string): void {
    if (this.#first.length < this.#most) this.#first.push(sentence);
    else this.#more += 1;
  }

  all(): string[] {
    return this.#more === 0 ? [...this.#first] : [...this.#first, this.#rest(this.#more)];
  }
}

/** Reasons that repeat each other are one: of thirty files that cannot be read for the same cause one learns the cause. */
export function distinct(reasons: readonly string[]): string[] {
  const counted = new Map<string, { said: string; times: number }>();
  for (const said of reasons) {
    const what = said.replace(/^(The run could not start|And then): /, '');
    const known = counted.get(what);
    if (known) known.times += 1;
    else counted.set(what, { said, times: 1 });
  }
  return [...counted.values()].map(({ said, times }) => (times === 1 ? said : `${said} (${times} times)`));
}
