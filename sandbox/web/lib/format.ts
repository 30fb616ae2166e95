const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

function ago(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}

/** `Just now`, `1 minute ago`, `3 hours ago`, `2 days ago`. A time in the future (clocks differ) is `Just now`. */
export function relativeTime(atMs: number, nowMs: number): string {
  const passedMs = nowMs - atMs;
  if (passedMs >= dayMs) return ago(Math.floor(passedMs / dayMs), 'day');
  if (passedMs >= hourMs) return ago(Math.floor(passedMs / hourMs), 'hour');
  if (passedMs >= minuteMs) return ago(Math.floor(passedMs / minuteMs), 'minute');
  return 'Just now';
}

/** The sidebar's short form: `Just now`, `5m ago`, `3h ago`, `2d ago`. */
export function shortRelativeTime(atMs: number, nowMs: number): string {
  const passedMs = nowMs - atMs;
  if (passedMs >= dayMs) return `${Math.floor(passedMs / dayMs)}d ago`;
  if (passedMs >= hourMs) return `${Math.floor(passedMs / hourMs)}h ago`;
  if (passedMs >= minuteMs) return `${Math.floor(passedMs / minuteMs)}m ago`;
  return 'Just now';
}

/** `8s`, `2m 5s`, `1h 2m`; at least one second. */
export function duration(durationMs: number): string {
  const seconds = Math.max(1, Math.round(durationMs / 1000));
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m ${seconds % 60}s`;
  return `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}

/** `Friday, November 20, 2026`, in the person's own time zone. */
export function longDate(atMs: number): string {
  return new Date(atMs).toLocaleDateString('en-US', {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  });
}

/** `1,234`. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `0.52 MB`, binary megabytes as the product shows them. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}

/** `AL` for `Ada Lovelace`; the first letter of the e-mail where there is no name. */
export function initials(name: string, email: string): string {
  const letters = name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .filter(Boolean)
    .slice(0, 2)
    .join('');
  return (letters || email.charAt(0) || '?').toUpperCase();
}
