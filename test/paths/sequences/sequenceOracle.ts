import type { SequenceKind } from '../../../src/paths/sequences/sequenceOptions.js';

/** A journey or path as the oracle has it: steps of sorted items. */
export type Steps = readonly (readonly string[])[];

/** Restrictions on paths, in steps only. */
export interface OracleRules {
  readonly minCount: number;
  readonly minSteps?: number;
  readonly maxSteps?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxStepItems?: number;
  readonly startsWith?: readonly string[];
  readonly endsWith?: readonly string[];
  readonly contains?: readonly string[];
  readonly repeats?: boolean;
  readonly minGap?: number;
  readonly maxGap?: number;
  readonly minSpan?: number;
  readonly maxSpan?: number;
}

const within = (part: readonly string[], step: readonly string[]): boolean => part.every((item) => step.includes(item));

/** Whether a journey has a path, by trying all places. */
export function hasPath(journey: Steps, path: Steps, { minGap = 0, maxGap = Infinity, minSpan = 0, maxSpan = Infinity }: Partial<OracleRules> = {}): boolean {
  const goes = (at: number, first: number, last: number): boolean => {
    if (at === path.length) return last - first >= minSpan && last - first <= maxSpan;
    for (let s = at === 0 ? 0 : last + 1; s < journey.length; s++) {
      if (at > 0 && (s - last < minGap || s - last > maxGap)) continue;
      if (within(path[at]!, journey[s]!) && goes(at + 1, at === 0 ? s : first, s)) return true;
    }
    return false;
  };
  return goes(0, 0, 0);
}

/** A path as text: `a+b > c`. */
export const textOf = (path: Steps): string => path.map((step) => step.join('+')).join(' > ');

const pathOf = (text: string): string[][] => text.split(' > ').map((step) => step.split('+'));

/** All parts of a journey, as text. */
function partsOf(journey: Steps): Set<string> {
  const parts = new Set(['']);
  for (const step of journey) {
    const subsets: string[][] = [[]];
    for (const item of step) for (const subset of subsets.slice()) subsets.push([...subset, item]);
    const texts = subsets.slice(1).map((subset) => subset.join('+'));
    for (const part of [...parts]) for (const text of texts) parts.add(part === '' ? text : `${part} > ${text}`);
  }
  parts.delete('');
  return parts;
}

function admits(path: Steps, rules: OracleRules): boolean {
  const items = path.flat();
  const any = (wanted: readonly string[] | undefined, among: readonly string[]): boolean => wanted === undefined || wanted.some((item) => among.includes(item));
  return path.length >= (rules.minSteps ?? 1) && path.length <= (rules.maxSteps ?? Infinity) && items.length >= (rules.minItems ?? 1) && items.length <= (rules.maxItems ?? Infinity)
    && path.every((step) => step.length <= (rules.maxStepItems ?? Infinity)) && any(rules.startsWith, path[0]!) && any(rules.endsWith, path.at(-1)!) && any(rules.contains, items)
    && (rules.repeats !== false || new Set(items).size === items.length);
}

/** Every path with its count, by definition: enumerate and count. */
export function allPaths(journeys: readonly Steps[], weights: readonly number[], rules: OracleRules): Map<string, number> {
  const counts = new Map<string, number>();
  const limited = [rules.minGap, rules.maxGap, rules.minSpan, rules.maxSpan].some((limit) => limit !== undefined);
  journeys.forEach((journey, i) => {
    for (const text of partsOf(journey)) if (!limited || hasPath(journey, pathOf(text), rules)) counts.set(text, (counts.get(text) ?? 0) + weights[i]!);
  });
  return new Map([...counts].filter(([text, count]) => count > 0 && count >= rules.minCount - 1e-9 && admits(pathOf(text), rules)));
}

/** Those of them that are of the kind, by definition: compare all with all; as frequent are those that the same customers went. */
export function ofKind(found: Map<string, number>, kind: SequenceKind, journeys: readonly Steps[], weights: readonly number[], rules: OracleRules): Map<string, number> {
  if (kind === 'frequent' || kind === 'top') return found;
  const paths = [...found].map(([text, count]) => ({ text, count, path: pathOf(text), size: text.length, customers: journeys.map((journey, i) => (weights[i]! > 0 && hasPath(journey, pathOf(text), rules) ? i : '')).join() }));
  const goes = (a: (typeof paths)[number], b: (typeof paths)[number]): boolean =>
    kind === 'generators' ? b.size < a.size && a.customers === b.customers && hasPath(a.path, b.path) : b.size > a.size && (kind === 'maximal' || a.customers === b.customers) && hasPath(b.path, a.path);
  return new Map(paths.filter((a) => !paths.some((b) => goes(a, b))).map(({ text, count }) => [text, count]));
}
