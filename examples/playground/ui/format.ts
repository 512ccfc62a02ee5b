/** Numbers in words, alike in every panel. A thin space parts the thousands: it means the same everywhere. */

/** `12 441` */
export function count(value: number): string {
  if (!Number.isFinite(value)) return '–';
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, '\u2009');
}

/** `3.42`; large numbers lose their decimals. */
export function decimal(value: number, digits = 2): string {
  if (!Number.isFinite(value)) return '–';
  return Math.abs(value) >= 1000 ? count(value) : value.toFixed(digits);
}

/** `8.4 %` */
export function percent(value: number, digits = 1): string {
  return Number.isFinite(value) ? `${(100 * value).toFixed(digits)} %` : '–';
}

/** `2026-06-30` */
export function day(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}
