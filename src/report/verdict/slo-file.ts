/** Where objectives are kept: the file that the setting SLO_FILE names. */
import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../../run/configuration-error.ts';
import { ObjectiveError, parseObjectives, type Objective } from './slo.ts';

/**
 * Reads objectives; `none`, or no name at all, stands for no objectives.
 * @throws ConfigurationError when the file cannot be read, or holds what cannot be held against any run.
 */
export async function readObjectives(file: unknown): Promise<Objective[]> {
  if (typeof file !== 'string' || file === 'none') return [];
  try {
    return parseObjectives(await readFile(file, 'utf8'), file);
  } catch (cause) {
    if (cause instanceof ObjectiveError) throw new ConfigurationError(cause.message, { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigurationError(
      `The objectives in SLO_FILE=${file} cannot be read: ${why}. Name a file such as slo.json, or none.`,
      { cause },
    );
  }
}
