/** Solves a square system by elimination with row exchanges; null when it is singular. */
export function solveSquare(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const size = rows.length;
  for (let k = 0; k < size; k++) {
    const pivot = rows.slice(k).reduce((best, row) => (Math.abs(row[k]!) > Math.abs(best[k]!) ? row : best));
    if (Math.abs(pivot[k]!) < 1e-9) return null;
    rows.splice(rows.indexOf(pivot, k), 1);
    rows.splice(k, 0, pivot);
    for (let i = 0; i < size; i++) {
      if (i === k) continue;
      const share = rows[i]![k]! / pivot[k]!;
      rows[i] = rows[i]!.map((x, j) => x - share * pivot[j]!);
    }
  }
  return rows.map((row, k) => row[size]! / row[k]!);
}

/** The sum of weighted losses. */
export function losses(x: readonly (readonly number[])[], y: readonly number[], b: readonly number[], tau: number, weights?: readonly number[]): number {
  return y.reduce((sum, value, i) => {
    const residual = value - x[i]!.reduce((fit, cell, k) => fit + cell * b[k]!, 0);
    return sum + (weights?.[i] ?? 1) * residual * (residual < 0 ? tau - 1 : tau);
  }, 0);
}

function subsets(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: count }, (_, last) => last).flatMap((last) => subsets(last, size - 1).map((some) => [...some, last]));
}

/** Every vertex where the losses are least, found by trying all; distinct to 1e-9. */
export function minimaByTrial(x: readonly (readonly number[])[], y: readonly number[], tau: number, weights?: readonly number[]): { objective: number; minima: number[][] } {
  const vertices = subsets(y.length, x[0]!.length).flatMap((rows) => {
    const b = solveSquare(rows.map((row) => x[row]!), rows.map((row) => y[row]!));
    return b === null ? [] : [{ b, loss: losses(x, y, b, tau, weights) }];
  });
  const objective = Math.min(...vertices.map(({ loss }) => loss));
  const minima: number[][] = [];
  for (const { b, loss } of vertices) {
    if (loss > objective + 1e-9 * (1 + objective)) continue;
    if (!minima.some((known) => known.every((value, k) => Math.abs(value - b[k]!) < 1e-7))) minima.push(b);
  }
  return { objective, minima };
}

/**
 * How far the multipliers of the rows fitted exactly are outside [tau - 1, tau], where those rows are as many as coefficients: at most 0 proves
 * the minimum (the subgradient contains 0). It shares nothing with the solver.
 */
export function multiplierExcess(x: readonly (readonly number[])[], y: readonly number[], b: readonly number[], tau: number): number {
  const residuals = y.map((value, i) => value - x[i]!.reduce((fit, cell, k) => fit + cell * b[k]!, 0));
  const fitted = [...residuals.keys()].sort((i, j) => Math.abs(residuals[i]!) - Math.abs(residuals[j]!)).slice(0, b.length);
  const gradient = b.map((_, k) => residuals.reduce((sum, residual, i) => (fitted.includes(i) ? sum : sum + (residual < 0 ? tau - 1 : tau) * x[i]![k]!), 0));
  const multipliers = solveSquare(b.map((_, k) => fitted.map((row) => x[row]![k]!)), gradient.map((g) => -g));
  if (multipliers === null || fitted.some((row) => Math.abs(residuals[row]!) > 1e-9)) return Infinity;
  return Math.max(...multipliers.map((d) => Math.max(d - tau, tau - 1 - d)));
}
