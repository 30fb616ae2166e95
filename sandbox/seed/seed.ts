import type { RunStatus, Session } from '../contract.ts';
import { ensureAccounts } from '../store/accounts.ts';
import { openStore } from '../store/index.ts';
import { prepareBundle, type PreparedBundle, type SeedBundle } from './bundles.ts';
import { createImporter } from './importer.ts';
import { planSeed } from './plan.ts';

export interface SeedOptions {
  folder: string;
  projects: number;
  pending: number;
  bundles: readonly SeedBundle[];
  accounts: number;
  password: string;
  seed: number;
}

/** How many of each status, by organisation. */
export type SeedCounts = Map<string, Map<RunStatus, number>>;

/**
 * Fills a data folder with projects of every status over both organisations, in one transaction: all of them or none.
 * Reviews can be done, and what is in progress goes on at the next start; names that are taken get a number.
 * @throws DataFolderError when a sandbox has the folder open; Error when the numbers do not fit.
 */
export async function seedFolder({
  folder,
  projects,
  pending,
  bundles,
  accounts,
  password,
  seed,
}: SeedOptions): Promise<SeedCounts> {
  const store = openStore(folder);
  try {
    const prepared: PreparedBundle[] = [];
    for (const bundle of bundles) prepared.push(await prepareBundle(bundle, folder));
    const launchers = (await ensureAccounts(store.people, accounts, password))
      .filter(({ role }) => role !== 'external_partner')
      .map(({ email }) => store.people.byEmail(email)?.session)
      .filter((session): session is Session => session !== undefined);
    const plan = planSeed({ projects, pending, bundles: prepared, launchers, now: Date.now(), seed });
    const counts: SeedCounts = new Map();
    const add = createImporter(store);
    store.commits.write(() => {
      for (const project of plan) {
        const { name, session, run } = project;
        let free = name;
        for (let wave = 2; !add(project, free); wave += 1) free = `${name} wave ${wave}`;
        const ofOrganization = counts.get(session.orgName) ?? new Map<RunStatus, number>();
        ofOrganization.set(run.status, (ofOrganization.get(run.status) ?? 0) + 1);
        counts.set(session.orgName, ofOrganization);
      }
    });
    return counts;
  } finally {
    store.close();
  }
}
