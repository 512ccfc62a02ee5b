/**
 * Points and weights of the Gauss-Legendre rule on [0, 1]: `count` points integrate polynomials of degree up to 2 count - 1 exactly.
 * Newton on the Legendre polynomial from Tricomi's guess. O(count^2).
 */
export function gaussLegendre(count: number): { readonly point: number; readonly weight: number }[] {
  return Array.from({ length: count }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 9; step++) {
      let [before, value] = [0, 1];
      for (let n = 0; n < count; n++) [before, value] = [value, ((2 * n + 1) * x * value - n * before) / (n + 1)];
      slope = (count * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    return { point: (1 - x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
}
