/**
 * After which positions a row of masses is cut into at most `bins` parts of about equal mass: each part takes its share of what is still
 * left, so that one large mass costs its neighbours no parts.
 */
export function cutEvenly(masses: ArrayLike<number>, total: number, bins: number): number[] {
  const cuts: number[] = [];
  let before = 0;
  let inPart = 0;
  for (let i = 0; i < masses.length - 1 && cuts.length < bins - 1; i++) {
    inPart += masses[i]!;
    // A little less will do: weights that are no whole numbers do not add up to the last digit.
    if (inPart * (bins - cuts.length) < (total - before) * (1 - 1e-9)) continue;
    cuts.push(i);
    before += inPart;
    inPart = 0;
  }
  return cuts;
}
