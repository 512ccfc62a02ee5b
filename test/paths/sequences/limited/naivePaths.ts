/** A journey to the letter: items of each step, ascending, and when. */
export interface NaiveJourney {
  readonly steps: readonly (readonly string[])[];
  readonly times: readonly number[];
  readonly weight: number;
}

/** Limits as distances; `unit` says of what. */
export interface NaiveLimits {
  readonly unit: 'days' | 'steps';
  readonly minGap?: number;
  readonly maxGap?: number;
  readonly minSpan?: number;
  readonly maxSpan?: number;
}

/** Every path of a journey within the limits, as text: items of a step joined by '+', steps by '>'. All embeddings are tried. */
export function pathsOf({ steps, times }: NaiveJourney, limits: readonly NaiveLimits[]): Set<string> {
  const found = new Set<string>();
  const distance = (unit: 'days' | 'steps', a: number, b: number): number => (unit === 'days' ? times[b]! - times[a]! : b - a);
  const go = (path: string, first: number, last: number): void => {
    if (path !== '' && limits.every(({ unit, minSpan = 0 }) => distance(unit, first, last) >= minSpan)) found.add(path);
    for (let s = last + 1; s < steps.length; s++) {
      if (path !== '' && !limits.every(({ unit, minGap = 0, maxGap = Infinity, maxSpan = Infinity }) => distance(unit, last, s) >= minGap && distance(unit, last, s) <= maxGap && distance(unit, first, s) <= maxSpan)) continue;
      for (let subset = 1; subset < 2 ** steps[s]!.length; subset++) {
        const items = steps[s]!.filter((_, i) => ((subset >> i) & 1) === 1).join('+');
        go(path === '' ? items : `${path}>${items}`, path === '' ? s : first, s);
      }
    }
  };
  go('', 0, -1);
  return found;
}

/** The paths of enough weight. */
export function naivePaths(journeys: readonly NaiveJourney[], limits: readonly NaiveLimits[], minCount: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const journey of journeys) for (const path of pathsOf(journey, limits)) counts.set(path, (counts.get(path) ?? 0) + journey.weight);
  return new Map([...counts].filter(([, count]) => count >= minCount - 1e-9));
}

/** Whether each step of `part` is in a step of `whole`, in order, by trying all. */
export function isPartOf(part: string, whole: string): boolean {
  const [p, w] = [part, whole].map((path) => path.split('>').map((step) => step.split('+')));
  const go = (i: number, from: number): boolean => i === p!.length || w!.some((step, j) => j >= from && p![i]!.every((item) => step.includes(item)) && go(i + 1, j + 1));
  return go(0, 0);
}

/** Those of a kind by definition; as frequent are those that the same customers went. */
export function naiveKind(paths: ReadonlyMap<string, number>, kind: 'closed' | 'maximal' | 'generators', journeys: readonly NaiveJourney[], limits: readonly NaiveLimits[]): Map<string, number> {
  const parts = journeys.map((journey) => pathsOf(journey, limits));
  const all = Array.from(paths, ([path, count]) => [path, count, parts.map((part) => part.has(path)).join()] as const);
  return new Map(
    all.filter(([path, , customers]) =>
      !all.some(([other, , others]) => other !== path && (kind === 'maximal' || customers === others) && (kind === 'generators' ? isPartOf(other, path) : isPartOf(path, other))),
    ).map(([path, count]) => [path, count]),
  );
}
