/** Log loss of a cell whose log-odds were promised: -log of the probability of what happened, without overflow. */
export function cellLoss(label: number, logit: number): number {
  // Not log1p, which takes four times as long: the smallest losses lose digits that their sum has no place for.
  return Math.max(label === 1 ? -logit : logit, 0) + Math.log(1 + Math.exp(-Math.abs(logit)));
}
