/** Workflow commands, which GitHub shows beside the job: the reasons of a verdict that is not PASS. Pure. */
import type { Summary } from '../summary.ts';

/** GitHub shows ten of a kind for each step. */
const most = 10;

/** One line a reason; none when the run passed. INVALID is a warning about the run, FAIL an error of the product. */
export function renderAnnotations({ verdict, reasons }: Pick<Summary, 'verdict' | 'reasons'>): string[] {
  if (verdict === 'PASS') return [];
  const command = verdict === 'FAIL' ? 'error' : 'warning';
  return reasons.slice(0, most).map((reason) => `::${command} title=Muster: ${verdict}::${escapeData(reason)}`);
}

/** Line breaks would end the command, and what follows could begin another. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
