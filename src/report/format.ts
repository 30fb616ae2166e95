/** Quantities as people read them: rounded to what they can carry, with their unit. */

/** A duration in milliseconds: `0 ms`, `240 ms`, `1.8 s`, `48 s`, `3 min 12 s`, `1 h 04 min`. Absent: an en dash. */
export function duration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–';
  if (Math.abs(ms) < 999.5) return `${whole(ms)} ms`;
  const seconds = ms / 1000;
  if (Math.abs(seconds) < 9.95) return `${seconds.toFixed(1)} s`;
  if (Math.abs(seconds) < 99.5) return `${Math.round(seconds)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${pad(rounded % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${pad(minutes % 60)} min`;
}

/** A number without unit, such as a layout shift: three decimals. Absent: an en dash. */
export function score(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toFixed(3);
}

/** A whole number with thousands separated: `12,345`. */
export function whole(value: number): string {
  // Adding 0 turns the −0 that rounding can leave into 0.
  return (Math.round(value) + 0).toLocaleString('en-GB');
}

/** A share from 0 to 1 as `71 %`. */
export function share(value: number): string {
  return `${Math.round(value * 100)} %`;
}

/** A share from 0 to 1 that may be small: `0.4 %`, `99.2 %`, `100 %`. Absent: an en dash. */
export function percent(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  return `${Number((value * 100).toFixed(1))} %`;
}

/** A rate: `1.24/min`. Absent: an en dash. */
export function perMinute(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${value.toPrecision(3)}/min`;
}

/** A size: `640 bytes`, `12 kB`, `3.4 MB`, `25 GB` (powers of ten). */
export function bytes(value: number): string {
  if (value < 1000) return `${value} bytes`;
  if (value < 999_500) return `${Math.round(value / 1000)} kB`;
  if (value >= 9.95e9) return `${whole(value / 1e9)} GB`;
  const megabytes = value / 1e6;
  return megabytes < 9.95 ? `${megabytes.toFixed(1)} MB` : `${whole(megabytes)} MB`;
}

/** Millions of bytes: `3.4 MB`, `120 MB`. Absent: an en dash. */
export function megabytes(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : bytes(Math.round(value * 1e6));
}

/** Millions of bytes a second: `3.4 MB/s`. Absent: an en dash. */
export function megabytesPerSecond(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${megabytes(value)}/s`;
}

/** A number of things: `1,240`. Absent: an en dash. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : whole(value);
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
