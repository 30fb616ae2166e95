/** Names of studies as research agencies give them. */

const clients =
  'Northwind Halcyon Aldgate Brightwater Castellan Dovetail Evergreen Fairmont Greenleaf Hartwell Ironbridge Juniper Kestrel Larkspur Marlow Nightingale Orchard Pemberton Quayside Redwood Silverlake Thornbury Underhill Vanguard Westbrook'.split(
    ' ',
  );
const studies = [
  'Brand Tracker',
  'Customer Satisfaction',
  'Usage and Attitudes',
  'Concept Test',
  'Ad Recall',
  'Segmentation',
  'Price Sensitivity',
  'Employee Pulse',
  'Shopper Journey',
  'Pack Test',
  'Media Habits',
  'Loyalty Review',
] as const;

/** The name of the study that began at `time` (milliseconds); `pick` chooses an index below its argument. */
export function studyName(pick: (below: number) => number, time: number): string {
  const date = new Date(time);
  const client = clients[pick(clients.length)] ?? 'Northwind';
  const study = studies[pick(studies.length)] ?? 'Brand Tracker';
  return `${client} ${study} Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`;
}

/** A small generator with a seed (mulberry32): picks an index below its argument. */
export function createPick(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
