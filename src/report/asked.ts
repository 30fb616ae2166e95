/** What a run's own settings ask of it: what was never asked for is neither reached nor missed. */
import type { RunFile } from '../run/run-file.ts';

/** Data files up to here are small. */
export const SMALL_BYTES = 1_000_000;

/** Whether analysts upload, launch and watch a project of their own; a journey of somebody's making may or may not. */
export function asksForProjects({ settings }: Pick<RunFile, 'settings'>): boolean {
  return (settings['JOURNEY'] ?? 'whole') === 'whole';
}

/** Whether journeys go on until their project is completed. */
export function asksForCompletion({ settings }: Pick<RunFile, 'settings'>): boolean {
  return asksForProjects({ settings }) && (settings['UNTIL'] ?? 'done') === 'done' && settings['REVIEW'] !== 'leave';
}

/** Whether a bundle's data file is small; undefined when the run does not say how large it is. */
export function sizeOf(bundle: string, { bundles }: Pick<RunFile, 'bundles'>): 'small' | 'large' | undefined {
  const bytes = bundles?.find(({ name }) => name === bundle)?.dataBytes;
  return bytes === undefined ? undefined : bytes <= SMALL_BYTES ? 'small' : 'large';
}
