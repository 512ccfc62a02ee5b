/** Centres in tiles of four, coordinate by coordinate. */
export interface Tiles {
  readonly width: number;
  /** The number of centres, up to a multiple of four. */
  readonly places: number;
  readonly tiles: Float64Array;
  /** What a distance starts from: 0, and Infinity where the last tile has no centre. */
  readonly padding: Float64Array;
}

/** Rows whose distances are computed before any is settled. */
export const BLOCK = 128;

/** Centres laid out for `scanPair`. */
export function layTiles(values: Float64Array, width: number): Tiles {
  const count = values.length / width;
  const places = (count + 3) & ~3;
  const tiles = new Float64Array(places * width);
  for (let c = 0, at = 0; c < count; c++) for (let j = 0; j < width; j++) tiles[((c >> 2) * width + j) * 4 + (c & 3)] = values[at++]!;
  return { width, places, tiles, padding: new Float64Array(places).fill(Infinity).fill(0, 0, count) };
}

/**
 * The squared distances of two points, which begin at these places, to the centres: of the first, then of the second, in `costs` from a
 * place on. NaN where something is missing. Two points against four centres at a time: eight sums, as many as the registers hold.
 */
export function scanPair(points: Float64Array, first: number, second: number, { width, places, tiles, padding }: Tiles, costs: Float64Array, place: number): void {
  for (let c = 0, q = 0, to = place; c < places; c += 4, to += 4) {
    let a = padding[c]!;
    let b = padding[c + 1]!;
    let e = padding[c + 2]!;
    let f = padding[c + 3]!;
    let oa = a;
    let ob = b;
    let oe = e;
    let of = f;
    for (let at = first, end = at + width, next = second; at < end; at++, next++, q += 4) {
      const x = points[at]!;
      const y = points[next]!;
      const ta = tiles[q]!;
      const tb = tiles[q + 1]!;
      const te = tiles[q + 2]!;
      const tf = tiles[q + 3]!;
      a += (x - ta) * (x - ta);
      b += (x - tb) * (x - tb);
      e += (x - te) * (x - te);
      f += (x - tf) * (x - tf);
      oa += (y - ta) * (y - ta);
      ob += (y - tb) * (y - tb);
      oe += (y - te) * (y - te);
      of += (y - tf) * (y - tf);
    }
    costs[to] = a;
    costs[to + 1] = b;
    costs[to + 2] = e;
    costs[to + 3] = f;
    costs[to + places] = oa;
    costs[to + places + 1] = ob;
    costs[to + places + 2] = oe;
    costs[to + places + 3] = of;
  }
}
