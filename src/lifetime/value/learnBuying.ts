import { addDuration } from '../../data/calendar.js';
import type { EventLog } from '../../data/eventLog.js';
import { requireChoice } from '../../data/options.js';
import { ClientelaError } from '../../errors.js';
import type { BuyingModel } from '../buying/buyingModel.js';
import { CANDIDATE_FITS, usualLaws } from './candidateLaws.js';
import { candidateFigures, type TriedLaw } from './candidateScores.js';
import { chooseLaw, type LawChoice } from './chooseLaw.js';
import type { LifetimeValueOptions } from './lifetimeValueOptions.js';
import type { LifetimeValueLaw } from './lifetimeValueReport.js';
import { holdoutOfSummary, holdoutsOfLog, type Holdouts } from './readHoldouts.js';
import { scoreHoldout } from './scoreHoldout.js';
import { isLog, type LogReading, type ReadValueHistories, type ValueHistories } from './valueHistories.js';

/** The law of buying, and how it was found. */
export interface LearntBuying extends LawChoice {
  readonly buying: BuyingModel;
  readonly cuts: readonly number[];
  readonly holdoutDuration: number;
}

/** How {@link learnBuying} goes about it. */
export interface BuyingPlan extends Pick<LifetimeValueOptions, 'models' | 'judge' | 'cuts' | 'asOf'> {
  readonly horizon: NonNullable<LifetimeValueOptions['horizon']>;
  readonly prior: 'none' | 'weak';
  readonly reading: LogReading;
}

/** Learns every candidate from all histories and, for each holdout, from what came before it, and keeps the one chosen. */
export function learnBuying(caller: string, customers: EventLog | ValueHistories, histories: ReadValueHistories, plan: BuyingPlan): LearntBuying {
  const { source } = histories;
  const judge = requireChoice(caller, 'judge', plan.judge ?? 'holdout', ['holdout', 'bic', 'aic']);
  const laws = readLaws(caller, plan.models, source);
  const isJudged = laws.length > 1 && judge === 'holdout';
  const { holdouts, cuts, whyNot } = isJudged ? readHoldouts(caller, customers, histories, plan) : { holdouts: [], cuts: [], whyNot: '' };
  if (isJudged && plan.judge !== undefined && holdouts.length === 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs something to hold out for judge: 'holdout', but ${whyNot}; take 'bic'`, { option: 'judge' });
  }
  const tried = withoutTwins(laws.map((law): TriedLaw => {
    const fit = CANDIDATE_FITS[law];
    const model = fit(source, { prior: plan.prior });
    // What a summary holds out follows the very histories learnt from: no second fit.
    const scores = holdouts.map((holdout) => scoreHoldout(caller, holdout.histories === source ? model : fit(holdout.histories, { prior: plan.prior }), holdout));
    return { law, model, scores };
  }));
  const judgedBy = judge === 'holdout' && holdouts.length === 0 ? 'bic' : judge;
  const choice = chooseLaw(candidateFigures(tried, holdouts), judgedBy, whyNot);
  return { ...choice, buying: tried.find(({ law }) => law === choice.chosen)!.model, cuts, holdoutDuration: holdouts[0]?.duration ?? 0 };
}

/** A law of regular times that found none is the plain law once more. */
function withoutTwins(tried: readonly TriedLaw[]): TriedLaw[] {
  const laws = tried.map(({ law }) => law);
  return tried.filter(({ law, model }) => {
    const plain = law === 'mbgCnbdK' ? 'mbgNbd' : law === 'bgCnbdK' ? 'bgNbd' : null;
    return plain === null || !laws.includes(plain) || (model as { readonly k?: number }).k !== 1;
  });
}

function readHoldouts(caller: string, customers: EventLog | ValueHistories, histories: ReadValueHistories, { horizon, asOf, cuts = 2, reading }: BuyingPlan): Holdouts {
  if (!isLog(customers)) return holdoutOfSummary(caller, histories);
  const end = asOf === undefined ? customers.observedUntil : customers.momentOf(caller, asOf);
  const horizonMillis = horizon === 'ever' ? Infinity : addDuration(end, horizon) - end;
  return holdoutsOfLog(customers, histories.unit, reading, { asOf: end, horizonMillis, cuts });
}

function readLaws(caller: string, models: readonly LifetimeValueLaw[] | undefined, source: ValueHistories): readonly LifetimeValueLaw[] {
  if (models === undefined) return usualLaws(source);
  const known = Object.keys(CANDIDATE_FITS) as LifetimeValueLaw[];
  if (!Array.isArray(models) || models.length === 0) {
    throw new ClientelaError('INVALID_OPTION', `${caller} needs models as an array of one or more of ${known.join(', ')}`, { option: 'models', value: models });
  }
  return [...new Set(models.map((law) => requireChoice(caller, 'models', law, known)))];
}
