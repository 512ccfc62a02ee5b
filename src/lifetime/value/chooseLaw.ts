import type { LifetimeValueCandidate, LifetimeValueReport } from './lifetimeValueReport.js';

/** The law chosen, with the table in order and the reason in words. */
export type LawChoice = Pick<LifetimeValueReport, 'chosen' | 'judgedBy' | 'reason' | 'candidates'>;

/**
 * The law that foretold best; of those that cannot be told from it, whose gap is within one standard error, the one of the lowest BIC. Without a
 * holdout the one of the lowest AIC or BIC. Laws whose search did not end stand back where another's did.
 */
export function chooseLaw(rows: readonly LifetimeValueCandidate[], judgedBy: 'holdout' | 'bic' | 'aic', whyNot: string): LawChoice {
  if (rows.length === 1) return { chosen: rows[0]!.law, judgedBy: 'given', reason: `${rows[0]!.law} was the only law asked for that is one of its own`, candidates: rows };
  const sound = rows.filter(({ converged }) => converged);
  const pool = sound.length > 0 ? sound : rows;
  if (judgedBy === 'holdout') return byHoldout(rows, pool);
  // Equal laws differ by rounding: they keep their order.
  const better = (a: LifetimeValueCandidate, b: LifetimeValueCandidate): number => Math.round(1e6 * (a[judgedBy] - b[judgedBy]));
  const candidates = [...rows].sort(better);
  const [first, second] = [...pool].sort(better);
  const name = judgedBy.toUpperCase();
  const lead = second === undefined ? 'as the only one whose search ended' : `${(second[judgedBy] - first![judgedBy]).toFixed(1)} below that of ${second.law}`;
  return { chosen: first!.law, judgedBy, reason: `${first!.law} has the lowest ${name} of ${rows.length} laws, ${lead}${whyNot === '' ? '' : `; ${whyNot}`}`, candidates };
}

function byHoldout(rows: readonly LifetimeValueCandidate[], pool: readonly LifetimeValueCandidate[]): LawChoice {
  const candidates = [...rows].sort((a, b) => Math.round(1e9 * (a.logScoreGap! - b.logScoreGap!)));
  const ranked = candidates.filter((row) => pool.includes(row));
  const best = ranked[0]!;
  const level = ranked.filter((row) => row.logScoreGap! <= best.logScoreGap! + row.logScoreGapError!);
  // Equal laws, such as one of regular times that found none, differ by rounding: the one named first stays.
  const chosen = pool.filter((row) => level.includes(row)).reduce((least, row) => (row.bic < least.bic - 1e-6 ? row : least));
  const others = level.filter((row) => row !== chosen).map(({ law }) => law);
  const why =
    others.length > 0
      ? `no other law foretold the purchases held out significantly better; ${listed(others)} did as well within one standard error, and its BIC is the lowest of these`
      : `it foretold the purchases held out best, ${(ranked[1]?.logScoreGap ?? 0).toPrecision(2)} a customer in log score before ${ranked[1]?.law ?? 'nobody'}`;
  return { chosen: chosen.law, judgedBy: 'holdout', reason: `${chosen.law}: ${why}`, candidates };
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
}
