/** What a journal tells those who clean up after it. */
import type { JournalRecord } from '../journal-schema.ts';

/** Names of the projects that the product has accepted in an organisation, or may have. */
export function acceptedIn(records: readonly JournalRecord[], organization: string): string[] {
  const names = new Set<string>();
  for (const record of records) {
    if (record.type === 'intended' && record.organization === organization) names.add(record.project);
    if (record.type === 'refused') names.delete(record.project);
  }
  return [...names];
}

/** Whether a project was meant for other organisations only; of one that the journal does not know, nobody can tell. */
export function isElsewhere(records: readonly JournalRecord[], organization: string): (name: string) => boolean {
  const homes = new Map<string, Set<string>>();
  for (const record of records)
    if (record.type === 'intended')
      homes.set(record.project, (homes.get(record.project) ?? new Set()).add(record.organization));
  return (name) => homes.get(name)?.has(organization) === false;
}

/** Whether some launch was begun whose answer nobody wrote down: the worker that awaited it is gone. */
export function hasUncertainLaunch(records: readonly JournalRecord[]): boolean {
  const answers = new Map<string, number>();
  for (const record of records) {
    if (record.type === 'intended') answers.set(record.project, (answers.get(record.project) ?? 0) + 1);
    if (record.type === 'acknowledged' || record.type === 'refused')
      answers.set(record.project, (answers.get(record.project) ?? 0) - 1);
  }
  return [...answers.values()].some((open) => open > 0);
}
