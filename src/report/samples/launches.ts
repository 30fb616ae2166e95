/** Who launched what when, as far as colleagues should have seen it. */
import type { MusterEvent } from '../../telemetry/events.ts';
import type { AnalystAccount } from '../analysts.ts';
import { groupBy } from '../../run/group-by.ts';
import { countUpTo } from '../statistics/ordered.ts';

export interface Launch {
  readonly analyst: string;
  readonly project: string;
  /** The click, milliseconds since 1970. */
  readonly launchedAt: number;
}

export class Launches {
  readonly #byProject: ReadonlyMap<string, Launch>;
  readonly #organizationOf: ReadonlyMap<string, string | undefined>;
  /** Of each organisation, the earliest first, and beside them their times. */
  readonly #byOrganization = new Map<string | undefined, { launches: Launch[]; times: Float64Array }>();

  constructor(events: readonly MusterEvent[], analysts: readonly AnalystAccount[]) {
    this.#byProject = new Map(
      events.flatMap((event): [string, Launch][] => {
        if (event.type !== 'project' || event.launchedAt === undefined) return [];
        const { analyst, name: project, launchedAt } = event;
        return [[project, { analyst, project, launchedAt }]];
      }),
    );
    this.#organizationOf = new Map(analysts.map(({ analyst, organization }) => [analyst, organization]));
    const groups = groupBy(this.#byProject.values(), ({ analyst }) => this.#organizationOf.get(analyst));
    for (const [organization, all] of groups) {
      const launches = [...all].sort((one, other) => one.launchedAt - other.launchedAt);
      const times = Float64Array.from(launches, ({ launchedAt }) => launchedAt);
      this.#byOrganization.set(organization, { launches, times });
    }
  }

  /** The launch of that project; undefined when nobody stamped it. */
  of(project: string): Launch | undefined {
    return this.#byProject.get(project);
  }

  /** What colleagues of an analyst launched between two moments, both included. */
  *ofColleagues(analyst: string, from: number, to: number): Generator<Launch> {
    const own = this.#byOrganization.get(this.#organizationOf.get(analyst));
    if (own === undefined) return;
    for (let place = countUpTo(own.times, from - 1); place < own.launches.length; place += 1) {
      const launch = own.launches[place];
      if (launch === undefined || launch.launchedAt > to) return;
      if (launch.analyst !== analyst && launch.launchedAt >= from) yield launch;
    }
  }
}
