/** The tolerance within which every engine gives the same figures; the one place where it stands. */
export const RELATIVE_TOLERANCE = 1e-10;

/**
 * Where two results differ: texts, truth values, whole numbers and lengths must be equal, other numbers within the relative tolerance.
 *
 * @returns `{ complaints, largest }`: the paths that differ, and the largest relative difference met
 */
export function compareFigures(expected, found, path = 'figures') {
  if (typeof expected === 'number' && typeof found === 'number' && !(Number.isInteger(expected) && Number.isInteger(found))) {
    const difference = Math.abs(expected - found) / Math.max(Math.abs(expected), Math.abs(found));
    return { complaints: difference <= RELATIVE_TOLERANCE ? [] : [`${path} is ${expected} and ${found}`], largest: difference };
  }
  if (typeof expected !== 'object' || typeof found !== 'object' || expected === null || found === null) {
    return { complaints: expected === found ? [] : [`${path} is ${JSON.stringify(expected)} and ${JSON.stringify(found)}`], largest: 0 };
  }
  const keys = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const parts = keys.map((key) => compareFigures(expected[key], found[key], `${path}.${key}`));
  return { complaints: parts.flatMap(({ complaints }) => complaints), largest: Math.max(0, ...parts.map(({ largest }) => largest)) };
}
