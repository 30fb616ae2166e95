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
