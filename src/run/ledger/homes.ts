/** Who is at home in which organisation: what somebody sees of another one's project proves a leak, and nothing else. */
import type { MusterEvent } from '../../telemetry/events.ts';
import { organizationOf, type Books } from './books.ts';

export interface Homes {
  /** The organisation of an analyst; undefined when nobody recorded it. */
  of(analyst: string): string | undefined;
  /** Whether that organisation is certainly not the analyst's own. */
  isForeign(analyst: string, organization: string | undefined): boolean;
}

export function homesOf(events: readonly MusterEvent[]): Homes {
  const homes = new Map<string, string>();
  for (const event of events)
    if (event.type === 'analyst' && event.organization !== undefined) homes.set(event.analyst, event.organization);
  return {
    of: (analyst) => homes.get(analyst),
    isForeign: (analyst, organization) => {
      const own = homes.get(analyst);
      return own !== undefined && organization !== undefined && own !== organization;
    },
  };
}

/**
 * The events without what strangers saw of projects. Of such a project a product may well show them half: its name without
 * its run, or the one and then no more of it.
 */
export function withoutStrangers(books: Books, homes: Homes, events: readonly MusterEvent[]): MusterEvent[] {
  return events.filter(
    (event) =>
      (event.type !== 'sighting' && event.type !== 'card') ||
      !homes.isForeign(event.analyst, organizationOf(books.projects.get(event.project))),
  );
}
