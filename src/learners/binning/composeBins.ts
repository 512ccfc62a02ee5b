import type { Bin, BinCandidate, BinnedFeature, BinTrend } from './binningState.js';
import type { BinCounts } from './binRules.js';
import { describeBin } from './evidence.js';
import { optimalCuts } from './optimalCuts.js';
import { partCount, type BinningTask, type FeatureParts, type Parts } from './preBins.js';

// A shape of two turns has more ways to please the sample: it must be better by so much to be preferred to a monotone one.
const TURN = 0.9;

/** The best bins of these trends; of none the parts as they are. */
export function composeBins(task: BinningTask, found: FeatureParts, trends: readonly BinTrend[]): BinnedFeature {
  const { parts, counts, periods } = found;
  const size = partCount(parts);
  if (trends.length === 0) return { ...cutParts(task, found, Array.from({ length: size - 1 }, (_, i) => i + 1)), trend: 'given', candidates: [] };
  const ofParts = ({ events, nonEvents }: BinCounts): BinCounts => ({ events: events.subarray(0, size), nonEvents: nonEvents.subarray(0, size) });
  const tried = trends.map((trend) => {
    const cuts = optimalCuts(ofParts(counts), task.sample.totals, trend, task.rules, periods.map(ofParts));
    const feature = cutParts(task, found, cuts);
    const { iv, js } = feature;
    const candidate: BinCandidate = { trend, bins: cuts.length + 1, iv, js, splits: parts.kind === 'number' ? cuts.map((at) => parts.splits[at - 1]!) : levelsBefore(parts, cuts) };
    return { feature, candidate, merit: feature[task.settings.criterion] * (trend === 'peak' || trend === 'valley' ? TURN : 1) };
  });
  tried.sort((a, b) => b.merit - a.merit);
  const [best] = tried;
  return { ...best!.feature, trend: best!.candidate.trend, candidates: tried.map(({ candidate }) => candidate) };
}

function levelsBefore(parts: Parts, cuts: readonly number[]): number[] {
  const groups = parts.kind === 'category' ? parts.groups : [];
  return cuts.map((at) => groups.slice(0, at).flat().length);
}

/** The parts joined between these cuts, with their counts and evidence. */
function cutParts(task: BinningTask, { parts, counts }: FeatureParts, cuts: readonly number[]): BinnedFeature {
  const { base, settings } = task;
  const size = partCount(parts);
  const sum = (values: Float64Array, from: number, to: number): number => values.subarray(from, to).reduce((total, value) => total + value, 0);
  const bin = (label: string, from: number, to: number): Bin => describeBin(label, sum(counts.events, from, to), sum(counts.nonEvents, from, to), base);
  const ends = [0, ...cuts, size];
  const special = (values: readonly (number | string)[], i: number): Bin => bin(`special: ${values.join(', ')}`, size + i, size + i + 1);
  const last = size + parts.special.length;
  const finish = <Shape extends Pick<BinnedFeature, 'kind' | 'feature'>>(shape: Shape, labels: readonly string[]) => {
    const bins = labels.map((label, i) => bin(label, ends[i]!, ends[i + 1]!));
    const missing = missingBin(bin('missing', last, last + 1), bins, settings.missing, task);
    const all = [...bins, ...parts.special.map(special), missing];
    return { ...shape, bins, missing, trend: 'none', iv: all.reduce((total, { iv }) => total + iv, 0), js: all.reduce((total, { js }) => total + js, 0), candidates: [] } as const;
  };
  if (parts.kind === 'number') {
    const splits = cuts.map((at) => parts.splits[at - 1]!);
    const specials = parts.special.map((values, i) => ({ values, bin: special(values, i) }));
    return { ...finish({ kind: parts.kind, feature: parts.feature, splits }, numberLabels(splits)), specials };
  }
  const groups = ends.slice(1).map((end, i) => parts.groups.slice(ends[i], end).flat());
  const specials = parts.special.map((values, i) => ({ values, bin: special(values, i) }));
  return { ...finish({ kind: parts.kind, feature: parts.feature, groups }, groups.map((group) => group.join(', ') || 'all')), specials };
}

function missingBin(own: Bin, bins: readonly Bin[], policy: 'own' | 'nearestRate' | number, { base }: BinningTask): Bin {
  if (policy === 'own' || (policy === 'nearestRate' && own.rows === 0)) return own;
  const distance = ({ rows, eventRate }: Bin): number => (rows > 0 ? Math.abs(eventRate - own.eventRate) : Infinity);
  const woe = policy === 'nearestRate' ? bins.reduce((near, bin) => (distance(bin) < distance(near) ? bin : near)).woe : policy;
  return describeBin(own.label, own.events, own.rows - own.events, base, woe);
}

/** `< 26`, `[26, 28)`, `>= 28`; ten digits are enough to read. */
function numberLabels(splits: readonly number[]): string[] {
  if (splits.length === 0) return ['all'];
  const rounded = splits.map((split) => String(Number(split.toPrecision(10))));
  const shown = new Set(rounded).size === splits.length ? rounded : splits.map(String);
  return [`< ${shown[0]!}`, ...shown.slice(1).map((split, i) => `[${shown[i]!}, ${split})`), `>= ${shown.at(-1)!}`];
}
