/** 1 / (1 + e^-x), in two branches so that neither end overflows; 0 and 1 only where the double rounds there. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}
