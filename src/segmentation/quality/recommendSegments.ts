import { firstSEmax } from './gapFigures.js';
import type { SegmentCountComparison, SegmentCountRow, SegmentCriterion } from './segmentCountComparison.js';

/** Standard deviations of the reference by which the data have to be better than it: a few in a thousand of the references are themselves. */
export const EVIDENCE = 3;
/** A segment found again with a smaller Jaccard coefficient is none; from the other on it is highly stable (Hennig, 2008). */
const STABLE = 0.6;
const HIGHLY_STABLE = 0.85;

/** All of them; an order of presentation. */
export const CRITERIA: readonly SegmentCriterion[] = ['silhouette', 'calinskiHarabasz', 'daviesBouldin', 'gap', 'stability', 'bic', 'icl'];

const WORDS: Readonly<Record<SegmentCriterion, string>> = {
  silhouette: 'the silhouette', calinskiHarabasz: 'Calinski-Harabasz', daviesBouldin: 'Davies-Bouldin', gap: 'the gap', stability: 'stability', bic: 'BIC', icl: 'ICL',
};

/** The votes, and what follows from them; the rules stand at `compareSegmentCounts`. */
export function recommendSegments(table: readonly SegmentCountRow[], criteria: readonly SegmentCriterion[], minShare: number): Pick<SegmentCountComparison, 'votes' | 'recommendation' | 'structure'> {
  const several = table.filter(({ segments }) => segments > 1);
  const evidence = several.reduce<number | null>((most, row) => (row.evidence === null ? most : Math.max(most ?? -Infinity, row.evidence)), null);
  const votes: Partial<Record<SegmentCriterion, number>> = {};
  for (const criterion of criteria) {
    // Of evenly spaced segments the gap of two is below that of one, and the rule would end there.
    const vote = voteOf(criterion, criterion === 'gap' && (evidence ?? 0) > EVIDENCE ? several : table);
    if (vote !== null) votes[criterion] = vote;
  }
  const stable = several.filter(({ worstStability }) => worstStability === null || worstStability >= STABLE);
  const absence = whyNone(several.length, evidence, votes.bic, stable.length);
  const large = stable.filter(({ smallestShare }) => smallestShare >= minShare);
  const found = absence === null;
  const cast = Object.values(votes);
  const support = (count: number): number => cast.filter((vote) => vote === count).length;
  // Ascending, so that of equal support the smaller stays.
  const segments = found ? large.reduce((best, row) => (best === 1 || support(row.segments) > support(best) ? row.segments : best), 1) : 1;
  const reason = absence ?? (segments === 1 ? `no number of segments leaves each of them ${Number((100 * minShare).toPrecision(3))} % of the rows` : whySegments(segments, votes, several));
  const agreement = cast.length === 0 ? 0 : support(segments) / cast.length;
  return { votes, recommendation: { segments, reason, agreement, disagreement: cast.some((vote) => vote !== segments) }, structure: { found, evidence } };
}

function voteOf(criterion: SegmentCriterion, table: readonly SegmentCountRow[]): number | null {
  const rows = table.filter((row) => row[criterion] !== null && (criterion !== 'stability' || row.worstStability! >= HIGHLY_STABLE));
  if (rows.length === 0) return null;
  if (criterion === 'stability') return rows.at(-1)!.segments;
  if (criterion === 'gap') return rows[firstSEmax(rows.map((row) => ({ gap: row.gap!, standardError: row.gapStandardError! })))]!.segments;
  const sign = criterion === 'silhouette' || criterion === 'calinskiHarabasz' ? 1 : -1;
  return rows.reduce((best, row) => (sign * row[criterion]! > sign * best[criterion]! ? row : best)).segments;
}

function whyNone(counts: number, evidence: number | null, bic: number | undefined, stable: number): string | null {
  if (counts === 0) return 'no structure: there are too few distinct rows for two segments';
  if (evidence !== null && evidence <= EVIDENCE) {
    return `no structure: the rows split no better than rows spread evenly over the same range (by ${evidence.toFixed(1)} standard deviations, ${EVIDENCE} are asked for)`;
  }
  if (evidence === null && bic === 1) return 'no structure: by the Bayesian information criterion one segment describes the rows best';
  return stable === 0 ? `no structure: with every number of segments some are not found again in resampled rows (Jaccard below ${STABLE})` : null;
}

function whySegments(segments: number, votes: Readonly<Partial<Record<SegmentCriterion, number>>>, several: readonly SegmentCountRow[]): string {
  const named = Object.entries(votes) as [SegmentCriterion, number][];
  const agreeing = named.filter(([, vote]) => vote === segments).map(([criterion]) => WORDS[criterion]);
  const others = named.filter(([, vote]) => vote !== segments).map(([criterion, vote]) => `${vote} by ${WORDS[criterion]}`);
  const worst = several.find((row) => row.segments === segments)!.worstStability;
  return [
    agreeing.length === 0 ? `${segments} is the smallest number whose segments are large and stable enough` : `${segments} segments by ${agreeing.join(', ')}`,
    ...(others.length > 0 ? [`it would be ${others.join(', ')}`] : []),
    ...(worst === null ? [] : [`the least stable segment is found again with a Jaccard coefficient of ${worst.toFixed(2)}`]),
    ...(several.length > 1 && several.at(-1)!.segments === segments ? ['no larger number was compared'] : []),
  ].join('; ');
}
