/** Workflow commands, which GitHub shows beside the job: the reasons of a verdict, where there is more to say than PASS. Pure. */
import type { Summary } from '../summary.ts';

/** GitHub shows ten of a kind for each step. */
const most = 10;
/** What a reader takes in beside a job; the job's page and the report have the rest. */
const longest = 1_000;

const commands = { FAIL: 'error', INVALID: 'warning', PASS: 'notice' } as const;

/**
 * One line a reason; of a run that passed, what it says besides that it did. FAIL is an error of the product, INVALID a
 * warning about the run.
 */
export function renderAnnotations({ verdict, reasons }: Pick<Summary, 'verdict' | 'reasons'>): string[] {
  const all = verdict === 'PASS' ? reasons.slice(1) : reasons;
  const shown = all.length <= most ? all : [...all.slice(0, most - 1), `… and ${all.length - most + 1} more.`];
  return shown.map((reason) => `::${commands[verdict]} title=Muster%3A ${verdict}::${escapeData(clipped(reason))}`);
}

function clipped(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** Line breaks would end the command, and what follows could begin another. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
