import { setTimeout as delay } from 'node:timers/promises';
import type { ProjectStore } from '../ports.ts';
import type { Faults } from './index.ts';

/** Whether a name is known to be taken before the project is made. */
export type NameLookup = (orgId: string, name: string) => Promise<boolean>;

/**
 * Without the fault nobody looks before: the store decides as it makes the project, in one statement. With it the name is
 * looked up, then the files are stored, and by the time the project is made the answer may be old.
 */
export function nameLookup(faults: Faults, projects: Pick<ProjectStore, 'hasName'>): NameLookup {
  if (!faults.has('duplicate-name')) return () => Promise.resolve(false);
  return async (orgId, name) => {
    const taken = projects.hasName(orgId, name);
    await delay(faults.amount('duplicate-name'));
    return taken;
  };
}
