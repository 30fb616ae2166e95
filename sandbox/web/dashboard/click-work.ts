import { page } from '../lib/session.ts';

/** Work that a click on the dashboard does before the page can answer it: as much as the server asks for, usually none. */
export function workOnClick(): void {
  const endsAt = performance.now() + page.clickWorkMs;
  const rows = Array.from({ length: 1000 }, (_, index) => `${index}`);
  while (performance.now() < endsAt) rows.sort((a, b) => b.localeCompare(a)).reverse();
}
