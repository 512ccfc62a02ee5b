/** Centres in rows of `width` numbers, with places that nothing is near up to a multiple of four: the loop takes four at a time. */
export interface Centers {
  readonly width: number;
  readonly count: number;
  readonly values: Float64Array;
  /** Added to the squared distance; 0 but where sizes are limited. */
  readonly offsets: Float64Array;
}

/** Centres as the loops take them. */
export function openCenters(values: ArrayLike<number>, width: number, offsets: ArrayLike<number> = []): Centers {
  const count = values.length / width;
  const places = (count + 3) & ~3;
  const padded = new Float64Array(places * width).fill(Infinity);
  padded.set(values);
  const added = new Float64Array(places);
  added.set(offsets);
  return { width, count, values: padded, offsets: added };
}

/**
 * The nearest centre of every row, the first of equally near ones: the one rule by which fit and assign place. The squared distances go to `squares`
 * (with the offset of a complete row). What is missing adds nothing; a row with nothing known is put in the first segment, the largest.
 */
export function placeRows(points: Float64Array, centers: Centers, squares?: Float64Array, labels: Int32Array = new Int32Array(points.length / centers.width)): Int32Array {
  const { width, count, values, offsets } = centers;
  const places = offsets.length;
  for (let row = 0, start = 0; row < labels.length; row++, start += width) {
    let least = Infinity;
    let label = -1;
    for (let c = 0, q = 0; c < places; c += 4, q += 3 * width) {
      let a = offsets[c]!;
      let b = offsets[c + 1]!;
      let e = offsets[c + 2]!;
      let f = offsets[c + 3]!;
      for (let j = 0; j < width; j++, q++) {
        const x = points[start + j]!;
        const ta = x - values[q]!;
        const tb = x - values[q + width]!;
        const te = x - values[q + 2 * width]!;
        const tf = x - values[q + 3 * width]!;
        a += ta * ta;
        b += tb * tb;
        e += te * te;
        f += tf * tf;
      }
      if (a < least) {
        least = a;
        label = c;
      }
      if (b < least) {
        least = b;
        label = c + 1;
      }
      if (e < least) {
        least = e;
        label = c + 2;
      }
      if (f < least) {
        least = f;
        label = c + 3;
      }
    }
    // A sum with something missing is NaN, less than nothing.
    if (label < 0) {
      const partial = squaredDistances(points.subarray(start, start + width), centers);
      label = 0;
      // Of nothing known every sum is 0.
      for (let c = 1; c < count && partial.some((square) => square > 0); c++) if (partial[c]! + offsets[c]! < partial[label]! + offsets[label]!) label = c;
      least = partial[label]!;
    }
    labels[row] = label;
    if (squares) squares[row] = least;
  }
  return labels;
}

/** The squared distance of every row to every centre, row-major, by what is known of the row. */
export function squaredDistances(points: Float64Array, { width, count, values }: Centers): Float64Array {
  const squares = new Float64Array((points.length / width) * count);
  for (let at = 0, start = 0; at < squares.length; start += width) {
    for (let c = 0, q = 0; c < count; c++) {
      let sum = 0;
      for (let j = 0; j < width; j++, q++) {
        const t = points[start + j]! - values[q]!;
        if (t === t) sum += t * t;
      }
      squares[at++] = sum;
    }
  }
  return squares;
}
