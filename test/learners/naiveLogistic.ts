/** The slow twin: Newton's method on a dense design by the textbook, one row after the other. */

export interface NaiveFit {
  /** Intercept first. */
  readonly beta: readonly number[];
  readonly covariance: readonly (readonly number[])[];
  readonly logLikelihood: number;
}

/** Solves a x = b by Gauss-Jordan with partial pivoting; b may have several columns. */
export function solveDense(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  const rows = a.map((row, i) => [...row, ...b[i]!]);
  for (let j = 0; j < rows.length; j++) {
    const pivot = rows.slice(j).reduce((best, row, i) => (Math.abs(row[j]!) > Math.abs(rows[best]![j]!) ? i + j : best), j);
    [rows[j], rows[pivot]] = [rows[pivot]!, rows[j]!];
    const head = rows[j]!;
    for (let i = 0; i < rows.length; i++) {
      if (i === j) continue;
      const factor = rows[i]![j]! / head[j]!;
      for (let k = j; k < head.length; k++) rows[i]![k]! -= factor * head[k]!;
    }
  }
  return rows.map((row, j) => row.slice(rows.length).map((value) => value / row[j]!));
}

export function naiveLogistic(design: readonly (readonly number[])[], y: readonly number[], weights: readonly number[] = y.map(() => 1), offset: readonly number[] = y.map(() => 0)): NaiveFit {
  const x = design.map((row) => [1, ...row]);
  const size = x[0]!.length;
  let beta = new Array<number>(size).fill(0);
  const evaluate = (b: readonly number[]): { loss: number; gradient: number[]; hessian: number[][] } => {
    let loss = 0;
    const gradient = new Array<number>(size).fill(0);
    const hessian = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    x.forEach((row, i) => {
      const eta = row.reduce((sum, value, j) => sum + value * b[j]!, offset[i]!);
      const p = 1 / (1 + Math.exp(-eta));
      loss -= weights[i]! * (y[i] === 1 ? Math.log(p) : Math.log1p(-p));
      row.forEach((value, j) => {
        gradient[j]! += weights[i]! * (p - y[i]!) * value;
        row.forEach((other, k) => (hessian[j]![k]! += weights[i]! * p * (1 - p) * value * other));
      });
    });
    return { loss, gradient, hessian };
  };
  let at = evaluate(beta);
  for (let iteration = 0; iteration < 100; iteration++) {
    const step = solveDense(at.hessian, at.gradient.map((g) => [g])).map(([s]) => s!);
    let share = 1;
    let next = evaluate(beta.map((b, j) => b - step[j]!));
    while (!(next.loss <= at.loss + 1e-12 * at.loss) && share > 1e-9) {
      share /= 2;
      next = evaluate(beta.map((b, j) => b - share * step[j]!));
    }
    beta = beta.map((b, j) => b - share * step[j]!);
    at = next;
    if (Math.max(...step.map(Math.abs)) < 1e-12) break;
  }
  const identity = at.hessian.map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
  return { beta, covariance: solveDense(at.hessian, identity), logLikelihood: -at.loss };
}
