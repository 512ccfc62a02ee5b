/** The programs of data envelopment written out in full and solved by a tableau: slow, small, and nothing in common with src. */

/** Least c'x with Ax = b, x >= 0, by two phases of the tableau method with Bland's rule; null when there is no x. */
export function leastCost(rows: readonly (readonly number[])[], b: readonly number[], c: readonly number[]): { x: number[]; value: number } | null {
  const m = rows.length;
  const n = c.length;
  const table = rows.map((row, i) => {
    const sign = b[i]! < 0 ? -1 : 1;
    return [...row.map((cell) => sign * cell), ...rows.map((_, k) => (k === i ? 1 : 0)), sign * b[i]!];
  });
  const basis = rows.map((_, i) => n + i);
  run(table, basis, [...c.map(() => 0), ...rows.map(() => 1)], n + m);
  if (basis.some((variable, i) => variable >= n && table[i]![n + m]! > 1e-9)) return null;
  for (let i = 0; i < m; i++) {
    if (basis[i]! < n) continue;
    const j = table[i]!.findIndex((cell, at) => at < n && Math.abs(cell) > 1e-9);
    if (j >= 0) turn(table, basis, i, j);
  }
  run(table, basis, [...c, ...rows.map(() => 0)], n);
  const x = c.map(() => 0);
  basis.forEach((variable, i) => {
    if (variable < n) x[variable] = table[i]![n + m]!;
  });
  return { x, value: x.reduce((sum, value, j) => sum + value * c[j]!, 0) };
}

function run(table: number[][], basis: number[], c: readonly number[], usable: number): void {
  const last = c.length;
  for (let step = 0; step < 5000; step++) {
    let entering = -1;
    for (let j = 0; j < usable && entering < 0; j++) {
      const reduced = table.reduce((sum, row, i) => sum - c[basis[i]!]! * row[j]!, c[j]!);
      if (reduced < -1e-10) entering = j;
    }
    if (entering < 0) return;
    let leaving = -1;
    let least = Infinity;
    table.forEach((row, i) => {
      if (!(row[entering]! > 1e-10)) return;
      const ratio = row[last]! / row[entering]!;
      if (ratio < least - 1e-12 || (ratio < least + 1e-12 && basis[i]! < basis[leaving]!)) {
        leaving = i;
        least = Math.min(ratio, least);
      }
    });
    if (leaving < 0) throw new Error('unbounded');
    turn(table, basis, leaving, entering);
  }
  throw new Error('turns in circles');
}

function turn(table: number[][], basis: number[], i: number, j: number): void {
  const pivot = table[i]![j]!;
  table[i] = table[i]!.map((cell) => cell / pivot);
  table.forEach((row, k) => {
    if (k !== i && row[j] !== 0) {
      const factor = row[j]!;
      table[k] = row.map((cell, at) => cell - factor * table[i]![at]!);
    }
  });
  basis[i] = j;
}

/** Score and largest sum of slacks (each divided by `scales`) of a unit against others; null when no mix reaches it. */
export function naiveUnit(
  unit: { x: readonly number[]; y: readonly number[] },
  others: readonly { x: readonly number[]; y: readonly number[] }[],
  returns: 'constant' | 'variable' | 'increasing' | 'decreasing',
  orientation: 'input' | 'output',
  scales: readonly number[],
): { score: number; slack: number } | null {
  const byInputs = orientation === 'input';
  const { x, y } = unit;
  const k = x.length + y.length;
  // Variables: intensities, slacks of inputs and outputs, slack of the sum, score.
  const rows = [...x.map((_, i) => i), ...y.map((_, r) => x.length + r)].map((at) => {
    const isInput = at < x.length;
    const own = isInput ? x[at]! : y[at - x.length]!;
    const scored = isInput === byInputs;
    return [
      ...others.map((other) => (isInput ? other.x[at]! : other.y[at - x.length]!) / scales[at]!),
      ...Array.from({ length: k }, (_, i) => (i === at ? (isInput ? 1 : -1) : 0)),
      0,
      scored ? -own / scales[at]! : 0,
    ];
  });
  const b = [...x, ...y].map((own, at) => ((at < x.length) === byInputs ? 0 : own / scales[at]!));
  if (returns !== 'constant') {
    rows.push([...others.map(() => 1), ...Array.from({ length: k }, () => 0), returns === 'variable' ? 0 : returns === 'increasing' ? -1 : 1, 0]);
    b.push(1);
  }
  const cost = Array.from({ length: others.length + k + 2 }, () => 0);
  cost[cost.length - 1] = byInputs ? 1 : -1;
  const first = leastCost(rows, b, cost);
  if (first === null) return null;
  const score = first.x.at(-1)!;
  const fixed = cost.map((_, j) => (j >= others.length && j < others.length + k ? -1 : 0));
  const second = leastCost([...rows, cost.map((_, j) => (j === cost.length - 1 ? 1 : 0))], [...b, score], fixed);
  return { score, slack: second === null ? NaN : -second.value };
}
