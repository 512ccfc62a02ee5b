/**
 * One figure or more of every pillar on small data with a fixed seed, as one line of JSON. Texts and whole numbers must be equal in every
 * engine, other numbers within the tolerance of sameFigures.mjs.
 */
import { createRandom, EventLog, Holdings, snapshot } from 'clientela/data';
import { fitBoostedTrees, fitElasticNet, fitGlm, fitLogisticRegression, fitQuantileRegression } from 'clientela/learners';
import { expectedMaximumProfit, rocAuc } from 'clientela/evaluation';
import { fitSegmentation, rfm } from 'clientela/segmentation';
import { fitTargetScore, idealTarget } from 'clientela/scoring';
import { effectHeterogeneity, fitUplift } from 'clientela/response';
import { fitPropensityMatrix } from 'clientela/propensity';
import { mineSequences, pathsTo } from 'clientela/paths';
import { fitMarketPotential } from 'clientela/potential';
import { fitAcceleratedFailure, fitChurnScore, fitCoxRegression, kaplanMeier } from 'clientela/churn';
import { fitLifetimeValue } from 'clientela/lifetime';

const DAY = 86_400_000;
const asOf = '2026-06-01';
const random = createRandom(11);

// 300 customers: how often they buy, what they hold, who was written to, who complained and left.
const customers = Array.from({ length: 300 }, (_, id) => {
  const everyDays = 10 + random.integer(80);
  const contacted = random.uniform() < 0.5;
  const complaints = random.integer(4);
  const size = 1 + random.integer(6);
  return {
    id, everyDays, complaints, size, contacted: contacted ? 'yes' : 'no', plan: random.uniform() < 0.4 ? 'gold' : 'basic',
    spend: Math.round(100 * size * Math.exp(0.3 * random.normal() - Math.abs(0.6 * random.normal()))),
    bought: random.uniform() < 0.15 + (contacted && everyDays < 45 ? 0.35 : 0) ? 1 : 0,
    left: random.uniform() < 0.08 + 0.17 * complaints ? 'yes' : 'no', months: 1 + random.integer(36), lastDay: random.uniform() < 0.4 ? random.integer(510) : 510,
  };
});
const events = customers.flatMap(({ id, everyDays, lastDay }) => {
  const orders = [];
  for (let day = random.integer(everyDays); day < lastDay; day += 1 + random.integer(2 * everyDays)) {
    orders.push({ id, at: new Date(Date.UTC(2025, 0, 1) + day * DAY), what: ['visit', 'book', 'card'][random.integer(3)], total: 5 + random.integer(90) });
  }
  return lastDay < 500 ? [...orders, { id, at: new Date(Date.UTC(2025, 0, 6) + lastDay * DAY), what: 'leave', total: 0 }] : orders;
});
const log = EventLog.fromRows(events, { customer: 'id', time: 'at', item: 'what', amount: 'total' }, { observedUntil: asOf });
const features = ['everyDays', 'complaints', 'size', 'plan'];
const estimates = ({ coefficients }) => coefficients.map(({ name, estimate }) => [name, estimate]);
const few = (values) => Array.from(values.slice(0, 8));

const pillars = {
  segmentation() {
    const groups = fitSegmentation(customers, { features: ['everyDays', 'size', 'complaints'], segments: 3 });
    return { rfm: rfm(log, { asOf }).segments.map(({ name, customers, revenueShare }) => [name, customers, revenueShare]), labels: groups.labels.join(''), names: groups.segments.map(({ name, share }) => [name, share]) };
  },
  score() {
    const score = fitTargetScore(customers, { target: 'bought', features });
    const probability = score.predict(customers);
    const { contacts, expectedProfit, selected } = idealTarget(probability, { contactCost: 0.5, benefit: 4 });
    return { method: score.report.method, auc: score.report.auc, probability: few(probability), contacts, expectedProfit, selected: selected.join(' ') };
  },
  uplift() {
    const model = fitUplift(customers, { target: 'bought', treatment: 'contacted', control: 'no', features: ['everyDays', 'size'] });
    const scores = model.predictUplift(customers);
    const { verdict, heterogeneity } = effectHeterogeneity(customers.map(({ bought }) => bought), customers.map(({ contacted }) => (contacted === 'yes' ? 1 : 0)), scores);
    return { uplift: few(scores), effect: model.report.effects[0].average, verdict, heterogeneity };
  },
  propensity() {
    const held = customers.flatMap(({ id, size, plan }) => [{ id, product: 'account' }, ...(size > 3 && id % 3 ? [{ id, product: 'fund' }] : []), ...(plan === 'gold' && id % 4 ? [{ id, product: 'card' }] : [])]);
    const matrix = fitPropensityMatrix({ holdings: Holdings.fromRows(held, { customer: 'id', product: 'product' }), customers: customers.map(({ id, size, plan }) => ({ customer: id, size, plan })) });
    return matrix.predictRow({ profile: { size: 5, plan: 'basic' }, held: ['account'] }).map(({ product, probability }) => [product, probability]);
  },
  paths() {
    const told = ({ steps, count }) => [steps.map((step) => step.join('+')).join(' > '), count];
    const { paths, caseCount } = pathsTo(log, { outcome: 'leave', lookback: { days: 60 } });
    return { mined: Array.from(mineSequences(log, { minSupport: 0.5 }), told), caseCount, toLeaving: paths.slice(0, 4).map(({ steps, caseShare }) => [steps.map((step) => step.join('+')).join(' > '), caseShare]) };
  },
  potential() {
    const model = fitMarketPotential(customers.map(({ id, size, spend }) => ({ id, size, spend })), { spend: 'spend', customer: 'id' });
    return { potential: few(model.predict(customers).potential), report: [model.report.potential.estimate, model.report.present] };
  },
  churn() {
    const score = fitChurnScore(customers, { target: 'left', features, methods: ['logistic'] });
    return { auc: score.report.auc.estimate, probability: few(score.predict(customers)), threshold: score.threshold({ customerValue: 200, contactCost: 1, incentiveCost: 10 }) };
  },
  survival() {
    const options = { duration: 'months', event: 'left' };
    const rows = customers.map(({ months, complaints, plan, left }) => ({ months, complaints, plan, left: left === 'yes' }));
    const { estimate, standardError } = kaplanMeier(rows, options).restrictedMean(24);
    return { mean: [estimate, standardError], cox: estimates(fitCoxRegression(rows, options)), aft: estimates(fitAcceleratedFailure(rows, options)) };
  },
  lifetime() {
    const model = fitLifetimeValue(log, { annualDiscountRate: 0.1, margin: 0.3 });
    const { value, expectedPurchases, aliveProbability } = model.predict(log);
    return { chosen: model.report.chosen, parameters: model.buying.parameters, value: few(value), expectedPurchases: few(expectedPurchases), alive: few(aliveProbability) };
  },
  trees() {
    const model = fitBoostedTrees(customers, { target: 'left', features, trees: 30 });
    const probability = model.predictProbability(customers);
    const truth = customers.map(({ left }) => (left === 'yes' ? 1 : 0));
    return { rounds: model.report.rounds, probability: few(probability), auc: rocAuc(truth, probability), profit: expectedMaximumProfit(truth, probability, { purpose: 'churn' }).maximumProfit };
  },
  regressions() {
    const { fits } = fitQuantileRegression(customers, { target: 'spend', features: ['size', 'complaints'], quantiles: [0.5, 0.9] });
    const net = fitElasticNet(customers, { target: 'spend', features, mixing: 0.5 });
    return {
      quantiles: fits.map(estimates), net: estimates(net), chosen: net.features.join(' '),
      logistic: estimates(fitLogisticRegression(customers, { target: 'left', features })), counts: estimates(fitGlm(customers, { target: 'complaints', features: ['size', 'plan'], family: 'poisson' })),
    };
  },
  snapshots() {
    const past = snapshot(log, { asOf: '2026-03-01' });
    return past.names.map((name) => [name, few(past.values(name))]);
  },
};

console.log(JSON.stringify(Object.fromEntries(Object.entries(pillars).map(([name, figures]) => [name, figures()]))));
