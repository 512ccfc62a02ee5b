/** The figures of one customer, straight from their definitions; NaN scores and what is held are no candidates. */
export function naiveFigures(scores: readonly number[], held: ReadonlySet<number>, taken: ReadonlySet<number>, k: number, whole: boolean, worth: readonly number[]): Record<string, number> {
  const list = naiveList(scores, held).slice(0, k);
  const n = taken.size;
  const hit = list.map((column) => taken.has(column));
  const hits = hit.filter(Boolean).length;
  const discounted = (gains: readonly number[]): number => gains.reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
  const precisionAt = (place: number): number => hit.slice(0, place).filter(Boolean).length / place;
  const precisions = hit.map((isHit, i) => (isHit ? precisionAt(i + 1) : 0)).reduce((sum, value) => sum + value, 0);
  const denominator = whole ? n : Math.min(k, n);
  const best = [...taken].map((column) => worth[column]!).sort((a, b) => b - a).slice(0, k);
  return {
    recall: hits / denominator,
    precision: hits / k,
    hitRate: hits > 0 ? 1 : 0,
    map: precisions / denominator,
    ndcg: discounted(hit.map(Number)) / discounted(new Array<number>(Math.min(k, n)).fill(1)),
    mrr: hits > 0 ? 1 / (hit.indexOf(true) + 1) : 0,
    valueNdcg: discounted(list.map((column) => (taken.has(column) ? worth[column]! : 0))) / discounted(best),
  };
}

/** All candidates, best first, ties by column. */
export function naiveList(scores: readonly number[], held: ReadonlySet<number>): number[] {
  return scores
    .map((_, column) => column)
    .filter((column) => !held.has(column) && scores[column]! > -Infinity)
    .sort((a, b) => scores[b]! - scores[a]! || a - b);
}
