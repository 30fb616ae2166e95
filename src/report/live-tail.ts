/** Follows a run's files while they grow, for the progress lines. Reads only what is new, and counts a record once. */
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Progress {
  signedIn: number;
  started: number;
  launched: number;
  finished: number;
  failed: number;
}

const FOLDERS = ['events', 'journal'];

export class LiveTail {
  readonly #runFolder: string;
  readonly #files = new Map<string, { offset: number; rest: string }>();
  readonly #seen = {
    signedIn: new Set<string>(),
    started: new Set<string>(),
    launched: new Set<string>(),
    finished: new Set<string>(),
    failed: new Set<string>(),
  };

  constructor(runFolder: string) {
    this.#runFolder = runFolder;
  }

  /** Reads what was appended since the last call. Files that are not there yet count as empty. */
  async read(): Promise<Progress> {
    for (const folder of FOLDERS) {
      const names = await readdir(join(this.#runFolder, folder)).catch(() => []);
      for (const name of names.filter((each) => each.endsWith('.jsonl')))
        await this.#advance(join(this.#runFolder, folder, name));
    }
    const { signedIn, started, launched, finished, failed } = this.#seen;
    return {
      signedIn: signedIn.size,
      started: started.size,
      launched: launched.size,
      finished: finished.size,
      failed: failed.size,
    };
  }

  async #advance(path: string): Promise<void> {
    const state = this.#files.get(path) ?? { offset: 0, rest: '' };
    this.#files.set(path, state);
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size <= state.offset) return;
      const { buffer, bytesRead } = await file.read(
        Buffer.alloc(size - state.offset),
        0,
        size - state.offset,
        state.offset,
      );
      // latin1 keeps a character that is cut in two at the end harmless; only ASCII fields are looked at.
      const lines = (state.rest + buffer.toString('latin1', 0, bytesRead)).split('\n');
      state.rest = lines.pop() ?? '';
      state.offset += bytesRead;
      for (const line of lines) this.#count(line);
    } finally {
      await file.close();
    }
  }

  #count(line: string): void {
    if (!line.includes('"analyst"') && !line.includes('"acknowledged"')) return;
    let record: { type?: unknown; phase?: unknown; analyst?: unknown; outcome?: unknown; project?: unknown };
    try {
      record = JSON.parse(line) as typeof record;
    } catch {
      return; // The fold tells of malformed lines; progress only shows what it understands.
    }
    const { type, phase, outcome } = record;
    if (type === 'acknowledged') this.#seen.launched.add(String(record.project));
    if (type !== 'analyst') return;
    const analyst = String(record.analyst);
    if (phase === 'signed-in') this.#seen.signedIn.add(analyst);
    if (phase === 'started') this.#seen.started.add(analyst);
    if (phase === 'finished') (outcome === 'ok' ? this.#seen.finished : this.#seen.failed).add(analyst);
  }
}
