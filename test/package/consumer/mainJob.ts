/** The main job as a stranger writes it; compiled as ESM and CommonJS against the packed tarball, then run in both. */
import { EventLog, Frame, isClientelaError, labelOutcome, snapshot } from 'clientela/data';
import { rocAuc } from 'clientela/evaluation';
import { LogisticRegression, fitLogisticRegression } from 'clientela/learners';
import { fitTargetScore, idealTarget, TargetScore } from 'clientela/scoring';
import { fitSegmentation, rfm, Segmentation, valueActions } from 'clientela/segmentation';
import * as everything from 'clientela';

declare const console: { log(...values: readonly unknown[]): void };

// 400 customers; each buys every `gap` days, the quick ones also take the card.
const orders = Array.from({ length: 400 }, (_, customer) => {
  const gap = 5 + ((customer * 37) % 60);
  return Array.from({ length: Math.floor(360 / gap) }, (_, i) => ({
    customer,
    placedAt: new Date(Date.UTC(2026, 0, 1 + i * gap + (customer % gap))),
    product: gap < 40 && (customer + i) % 3 === 0 ? 'card' : 'goods',
    total: 5 + ((customer * 13 + i * 7) % 40),
  }));
}).flat();
const log = EventLog.fromRows(orders, { customer: 'customer', time: 'placedAt', item: 'product', amount: 'total' }, { observedUntil: '2026-12-31' });

const segments = rfm(log, { asOf: '2026-12-01' }).segments;

const facts = snapshot(log, { asOf: '2026-12-01', windows: [] });
const groups = fitSegmentation(facts, { features: ['recencyDays', 'frequency', 'amountTotal'], segments: 3 });
const stored = Segmentation.fromJSON(JSON.parse(JSON.stringify(groups)));
const place = stored.assignRow({ recencyDays: 4, frequency: 30, amountTotal: null });
const plan = valueActions(groups.segments, [{ name: 'mail', contactCost: 1, benefit: 20, history: [{ segment: place.name!, contacts: 300, responses: 45 }] }]);
// @ts-expect-error a misspelt feature is a compile error
const wrong = (): unknown => fitSegmentation(frame, { features: ['agee'] });

const asOf = '2026-10-01';
const past = snapshot(log, { asOf }).withColumn('bought', labelOutcome(log, { asOf, horizon: { weeks: 6 }, outcome: 'card' }));
const score = fitTargetScore(past, { target: 'bought' });
const sent: unknown = JSON.parse(JSON.stringify(score));
const probability = TargetScore.fromJSON(sent).predict(snapshot(log, { asOf: '2026-11-15' }));
const campaign = idealTarget(probability, { contactCost: 1.2, benefit: 35, budget: 100 });

const frame: Frame<'age' | 'bought'> = Frame.fromColumns({ age: [20, 30, 40, 50, 60, 70], bought: [0, 1, 0, 1, 0, 1] });
const model = fitLogisticRegression(frame, { target: 'bought' });
const read = LogisticRegression.fromJSON(JSON.parse(JSON.stringify(model)));
const auc: number = rocAuc([0, 1, 0, 1, 0, 1], read.predictProbability(frame));
// @ts-expect-error a misspelt target is a compile error
const misspelt = (): unknown => fitLogisticRegression(frame, { target: 'bougth' });

let code = '';
try {
  misspelt();
} catch (error) {
  if (isClientelaError(error)) code = error.code;
}
console.log(JSON.stringify({
  segments: segments.map(({ name, customers }) => [name, customers]),
  groups: groups.segments.map(({ customers }) => customers),
  placed: [place.name, place.missing],
  pays: plan.segments.filter(({ verdict }) => verdict === 'act').map(({ segment }) => segment),
  alike: stored.assign(facts).every((segment, row) => segment === groups.labels[row]),
  wrong: typeof wrong,
  auc: [score.report.auc.estimate, auc].map((value) => value.toPrecision(8)),
  contacts: campaign.contacts,
  code,
  same: everything.rfm === rfm,
}));
