/** Tells how far a transfer of several files is: a line that stays where it is on a terminal, now and then a line elsewhere. */

/** Where lines go. */
export interface Voice {
  /** A line that stays. */
  say(line: string): void;
  /** Replaces the last such line; absent where there is no terminal. */
  readonly show?: (line: string) => void;
}

/** Without a terminal a line is said each time another such share is done. */
const shareTold = 0.25;
/** How often a terminal's line changes at most, in milliseconds. */
const shownEveryMs = 100;

export class Progress {
  readonly #voice: Voice;
  readonly #verb: string;
  readonly #totalBytes: number;
  readonly #files: number;
  readonly #sent = new Map<string, number>();
  #done = 0;
  #told = 0;
  #shownAt = 0;

  /** `verb`: what is done, such as `Uploaded`. */
  constructor(voice: Voice, verb: string, files: readonly { readonly sizeBytes: number }[]) {
    this.#voice = voice;
    this.#verb = verb;
    this.#files = files.length;
    this.#totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  /** So many bytes of a file have been transferred so far. */
  at(file: string, bytes: number): void {
    this.#sent.set(file, bytes);
    this.#tell();
  }

  /** A file is there. */
  done(file: string, bytes: number): void {
    this.#done += 1;
    this.at(file, bytes);
  }

  #tell(): void {
    const bytes = [...this.#sent.values()].reduce((sum, each) => sum + each, 0);
    const share = this.#totalBytes === 0 ? 1 : bytes / this.#totalBytes;
    const line = `${this.#verb} ${this.#done} of ${this.#files} files, ${megabytes(bytes)} of ${megabytes(this.#totalBytes)} (${Math.floor(share * 100)} %)`;
    if (this.#voice.show) {
      if (Date.now() - this.#shownAt < shownEveryMs && this.#done < this.#files) return;
      this.#shownAt = Date.now();
      this.#voice.show(line);
    } else if (share >= this.#told + shareTold && this.#done < this.#files) {
      this.#told = Math.floor(share / shareTold) * shareTold;
      this.#voice.say(line);
    }
  }
}

/** Bytes in words. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`;
}
