/** For each product how the log-odds of several engines are weighed together, as plain JSON: log-odds = intercept + sum of weight × log-odds. */
export interface Stack {
  /** One a product. */
  readonly intercepts: readonly number[];
  /** For each product a weight of 0 or more an engine. */
  readonly weights: readonly (readonly number[])[];
  /** The weights of a product nothing is known of: what those of rare products are drawn to. */
  readonly shared: readonly number[];
}

/**
 * Log-odds of the stack for the rows `from` (included) to `to` (excluded) into the first places of `out`, which may be one of the engines' own;
 * `engines`: row-major log-odds, rows × products each, in the order in which the stack was learnt. O(engines × cells).
 */
export function applyStack(stack: Stack, engines: readonly Float64Array[], from: number, to: number, out: Float64Array): void {
  const products = stack.intercepts.length;
  const add = stackAdder(stack);
  for (let r = from; r < to; r++) add(engines, r * products, out, (r - from) * products);
}

/** Weighs the row of the engines that begins at `start` into the one of `out` that begins at `to`. */
export function stackAdder({ intercepts, weights }: Stack): (engines: readonly Float64Array[], start: number, out: Float64Array, to: number) => void {
  const constants = Float64Array.from(intercepts);
  const flat = Float64Array.from(weights.flat());
  return (engines, start, out, to) => {
    for (let j = 0, w = 0; j < constants.length; j++) {
      let eta = constants[j]!;
      for (let k = 0; k < engines.length; k++) eta += flat[w++]! * engines[k]![start + j]!;
      out[to + j] = eta;
    }
  };
}
