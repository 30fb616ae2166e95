/**
 * Discretion: where the data is the user's own, nothing of it enters a record but names of bundles, sizes and counts. A page
 * shows it everywhere (file names, variables, labels, the banner's columns), and so does whatever quotes a page: errors, toasts,
 * the elements that vitals are attributed to, what stood around a marker. So what a page or the product said is not searched
 * for private words, which nobody can know all of: it is left out, and only words of our own stay.
 */
import type { EventBody } from '../telemetry/events.ts';
import type { Recorder } from '../telemetry/recorder.ts';
import type { Journal } from './journal.ts';
import { PlainError } from './plain-error.ts';

const withheld = 'Withheld: the data is private; --headed shows it.';

/** What may stay of a message, wherever it comes from: each is made of fixed words and figures. */
const harmless: readonly RegExp[] = [
  /^(?:Aggregate|Eval|Range|Reference|Syntax|Type|URI|Timeout)Error\b/,
  /\b(?:page|locator|frame|browserContext|apiRequestContext|download)\.[a-zA-Z]+: Timeout \d+ms exceeded/,
  /\bexpect\((?:locator|page|received)\)\.(?:not\.)?to[A-Za-z]+/,
  /\bTarget page, context or browser has been closed\b/,
  /\bshows "(?:Processing|Review Required|Cancelled|Finished|nothing: it is not there)" and (?:did not within \d+ s reach|will not reach) "(?:Processing|Review Required|Cancelled|Finished)"/,
  /\bnet::ERR_[A-Z_]+/,
  /\bstatus of \d{3}\b/,
  /^The page (?:crashed|was closed before its telemetry was finished|did not answer before its telemetry was finished)/,
  /\b(?:did not answer a flush|could not be asked for its stamps|memory could not be read|could not be watched)\b/,
];

/** What of a text says nothing of the data. */
function harmlessIn(text: string): string {
  const found = harmless.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
  return found.length === 0 ? withheld : `${found.join(', ')}. ${withheld}`;
}

/** An error as it may be told: its plain sentence if it has one, else what is harmless in its message. */
export function discreetMessage(error: unknown): string {
  for (let each = error; each instanceof Error; each = each.cause)
    if (each instanceof PlainError)
      return each.sentence === each.message ? each.sentence : `${each.sentence} ${withheld}`;
  return harmlessIn(error instanceof Error ? error.message.replace(/^[\w-]+: (?=\w+Error\b)/, '') : String(error));
}

/** The lines of a stack that name places in the code, without the message above them. */
export function placesIn(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

/** A recorder that leaves out what pages and product said. */
export function discreetRecorder(recorder: Recorder): Recorder {
  return { record: (body) => recorder.record(withoutWords(body)), close: () => recorder.close() };
}

/** Every kind of event is looked at here, so that a new one does not pass unseen. */
export function withoutWords(body: EventBody): EventBody {
  switch (body.type) {
    case 'error':
      return { ...body, message: harmlessIn(body.message) };
    case 'vital': {
      const { attribution, ...vital } = body;
      return { ...vital, ...(attribution && { attribution: figuresOf(attribution) }) };
    }
    case 'long-frame': {
      const { script, ...frame } = body;
      return { ...frame, ...(script && { script: { ...script, invoker: '', source: '', name: '' } }) };
    }
    case 'session': {
      const { why, ...session } = body;
      return { ...session, ...(why === undefined ? {} : { why: harmlessIn(why) }) };
    }
    case 'marker':
      return { ...body, where: body.place === 'response' ? withheld : body.where, excerpt: withheld };
    case 'result': {
      const { says, differences, ...result } = body;
      const count = differences.length;
      return {
        ...result,
        ...(says === body.project ? { says } : says === undefined ? {} : { says: withheld }),
        differences: count === 0 ? [] : [`${count} ${count === 1 ? 'difference' : 'differences'}. ${withheld}`],
      };
    }
    // Names of steps, projects, pages and routes, fixed words, figures and times; their errors were told discreetly.
    case 'analyst':
    case 'step-begun':
    case 'step':
    case 'project':
    case 'review':
    case 'navigation':
    case 'route':
    case 'memory':
    case 'arrival':
    case 'http':
    case 'socket':
    case 'gap':
    case 'card':
    case 'first-card':
    case 'stage':
    case 'clock':
    case 'health':
    case 'watcher':
    case 'sighting':
    case 'search':
    case 'probe': // Probes have data of their own.
    case 'finding':
      return body;
  }
}

/** A journal that leaves out the product's words for a refusal. */
export function discreetJournal(journal: Journal): Journal {
  return {
    append: (body) => journal.append(body.type === 'refused' ? { ...body, message: withheld } : body),
  };
}

/** Keeps Playwright from describing, in the results of a test that failed, the page as it was. */
export function keepPagesUndescribed(): void {
  process.env['PLAYWRIGHT_NO_COPY_PROMPT'] = '1';
}

function figuresOf(attribution: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attribution).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean'),
  );
}
