/**
 * Time at risk by how long it has lasted, in 16 bands that double: from 0 to s, from there to 2s, to 4s, … up to the longest observation, s being 1/32,768 of it. The time from 0 to v
 * falls into the bands as a function of v alone, so that the person-time of thousands of customers per band follows from how many of their v lie in each band (`counts`) and what
 * these add up to (`sums`): two additions per customer, whatever the number of bands. A spell from u to v is v less u.
 * Bands include their ends, where what ends a time belongs to the band it was spent in: no event is in a band without days.
 */
export interface Exposure {
  readonly counts: Float64Array;
  readonly sums: Float64Array;
}

/** How many bands there are. */
export const BANDS = 16;

/** Nothing in each band. */
export function noBands(): number[] {
  return new Array<number>(BANDS).fill(0);
}

/** No time yet, for so many things at once. */
export function noExposure(size: number): Exposure {
  return { counts: new Float64Array(size * BANDS), sums: new Float64Array(size * BANDS) };
}

/** Adds the time between two moments of `weight` customers. */
export function addTime(exposure: Exposure, at: number, from: number, to: number, weight: number, scale: number): void {
  addTimeIn(exposure, at * BANDS + bandOf(from, scale), at * BANDS + bandOf(to, scale), from, to, weight);
}

/** The same where the places of both bands are known. */
export function addTimeIn({ counts, sums }: Exposure, first: number, last: number, from: number, to: number, weight: number): void {
  counts[last]! += weight;
  sums[last]! += weight * to;
  counts[first]! -= weight;
  sums[first]! -= weight * from;
}

/** The band of a time, `scale` being 32,768 over the longest. */
export function bandOf(time: number, scale: number): number {
  // What rounding adds to the longest stays in the last band.
  return Math.min(BANDS - 1, 32 - Math.clz32(Math.max(0, Math.ceil(time * scale) - 1)));
}

/** The time in each band. */
export function timesInBands({ counts, sums }: Exposure, at: number, scale: number): number[] {
  const times = noBands();
  let beyond = 0;
  for (let band = BANDS - 1; band >= 0; band--) {
    const from = band === 0 ? 0 : 2 ** (band - 1) / scale;
    // Each band is as wide as all before it.
    const width = from || 1 / scale;
    const place = at * BANDS + band;
    times[band] = Math.max(0, sums[place]! - counts[place]! * from + beyond * width);
    beyond += counts[place]!;
  }
  return times;
}
