/** Starts the double: the product's own origin, and those that stand around it. */
import { defaults, type DoubleOptions } from './options.ts';
import { launchRoute } from './server/api.ts';
import { openApp } from './server/app.ts';
import { openHostedLogin } from './server/hosted-login.ts';
import { listen, Refusal } from './server/http.ts';
import { launchesAllowed, Limiter } from './server/limiter.ts';
import { makePeople } from './server/people.ts';
import { Pipeline } from './server/pipeline.ts';
import { State, type Person, type Project } from './server/state.ts';
import { openStorage } from './server/storage.ts';
import { openSync } from './server/sync.ts';

/** An account as the harness reads it. */
export type DoubleAccount = Pick<Person, 'email' | 'password' | 'name' | 'organization' | 'role'>;

export interface Double {
  readonly url: string;
  readonly accounts: readonly DoubleAccount[];
  /** All projects that are there. */
  projects(): readonly Project[];
  /** Adds a project that nobody of a run made, to the organisation of an account. */
  addProject(email: string, name: string): void;
  /** Uses up the launches of an account's organisation, as colleagues of theirs would. */
  spendLaunches(email: string): void;
  /** Closes every socket with 1011; returns how many there were. */
  dropSockets(): number;
  stop(): Promise<void>;
}

export async function startDouble(given: Partial<DoubleOptions> = {}): Promise<Double> {
  const options: DoubleOptions = { ...defaults, ...given };
  const state = new State(makePeople(options.accounts));
  const pipeline = new Pipeline(state, options);
  const limiter = new Limiter(options.limitWindow);
  const personOf = (email: string): Person => {
    const person = state.people.find((candidate) => candidate.email === email);
    if (!person) throw new Error(`The double knows nobody of the address ${email}.`);
    return person;
  };
  const [login, storage, database] = await Promise.all([
    openHostedLogin(state.people),
    openStorage(),
    listen(() => {
      throw new Refusal(404, 'Not found');
    }),
  ]);
  const sync = openSync(database.server, state, options);
  const app = await listen(
    openApp({
      state,
      options,
      pipeline,
      limiter,
      login,
      storage,
      syncUrl: `${database.origin.replace('http', 'ws')}/api/1.31.7/sync`,
    }),
    options.port,
  );
  return {
    url: app.origin,
    accounts: state.people.map(({ email, password, name, organization, role }) => ({
      email,
      password,
      name,
      organization,
      role,
    })),
    projects: () => [...state.projects.values()],
    addProject: (email, name) => state.addBareProject(personOf(email), name),
    spendLaunches(email) {
      for (let left = launchesAllowed; left > 0; left -= 1)
        limiter.refuse('critical', personOf(email).orgId, launchRoute);
    },
    dropSockets: () => sync.drop(),
    async stop() {
      pipeline.stop();
      sync.stop();
      await Promise.all([app, login, storage, database].map((listening) => listening.close()));
    },
  };
}
