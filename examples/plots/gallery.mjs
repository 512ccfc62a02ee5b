// @ts-check
/** @import { GalleryData } from './galleryData.mjs' */
/** @import { Picture, PictureOptions } from './plotTypes.mjs' */
import { kaplanMeierBy } from 'clientela/churn';
import { rocCurve } from 'clientela/evaluation';
import { fitBgNbd, fitLifetimeValue, forecastPortfolio, frequencyHistogram, purchaseTracking } from 'clientela/lifetime';
import { pathTimes, productDependencies, productOrder, sankeyOf } from 'clientela/paths';
import { fitMarketPotential, growthPotential } from 'clientela/potential';
import { fitTargetScore, idealTarget } from 'clientela/scoring';
import { concentration, describeSegments, fitSegmentation, profilePlot, rfm, rfmGrid, segmentMigration, silhouette } from 'clientela/segmentation';
import { calibrationPlot } from './calibration.mjs';
import { dependencyGraphPlot } from './dependencyGraph.mjs';
import { forecastPlot } from './forecast.mjs';
import { frequencyHistogramPlot } from './frequencyHistogram.mjs';
import { gainsPlot } from './gains.mjs';
import { liftPlot } from './lift.mjs';
import { lorenzPlot } from './lorenz.mjs';
import { migrationPlot } from './migration.mjs';
import { pathTimesPlot } from './pathTimes.mjs';
import { profitPlot } from './profit.mjs';
import { rfmGridPlot } from './rfmGrid.mjs';
import { rocPlot } from './roc.mjs';
import { sankeyPlot } from './sankey.mjs';
import { segmentProfilePlot } from './segmentProfile.mjs';
import { silhouettePlot } from './silhouette.mjs';
import { survivalPlot } from './survival.mjs';
import { trackingPlot } from './tracking.mjs';
import { waterfallPlot } from './waterfall.mjs';

/**
 * @typedef {object} GalleryEntry
 * @property {string} name - of the file of the plot, and of the picture
 * @property {string} title
 * @property {string} says - what one sees here, in a sentence
 * @property {(data: GalleryData, page: PictureOptions) => Picture} draw - from the library's result to the picture; its text stands in docs/pictures.md
 */

/** The usual pictures of the field, each from a plain result of the library. @type {readonly GalleryEntry[]} */
export const gallery = [
  {
    name: 'gains',
    title: 'Gains',
    says: 'How many of all who answer are reached by contacting the best-scored part of the customers, on customers the score has not seen.',
    draw({ past }, page) {
      const score = fitTargetScore(past, { target: 'answered' });
      return gainsPlot(score.report.gains, page);
    },
  },
  {
    name: 'lift',
    title: 'Lift',
    says: 'How many times more answers than by chance each tenth of the ranking holds, with intervals.',
    draw({ past }, page) {
      const score = fitTargetScore(past, { target: 'answered' });
      return liftPlot(score.report.gains, page);
    },
  },
  {
    name: 'calibration',
    title: 'Calibration',
    says: 'Whether of customers foretold at 20 % two in ten really answer; the dashed line is perfect.',
    draw({ past }, page) {
      const score = fitTargetScore(past, { target: 'answered' });
      return calibrationPlot(score.report.calibration, page);
    },
  },
  {
    name: 'roc',
    title: 'ROC curve',
    says: 'What is caught of those who answer against what is caught of the others, at every threshold (here with the score\'s own customers, so a little flattering).',
    draw({ past }, page) {
      const score = fitTargetScore(past, { target: 'answered' });
      return rocPlot(rocCurve(past.values('answered').map(Boolean), score.predict(past)), page);
    },
  },
  {
    name: 'profit',
    title: 'Profit',
    says: 'The profit expected of contacting the best so many customers at a cost of 1.2 and a benefit of 12, and where the target ends.',
    draw({ past, today }, page) {
      const score = fitTargetScore(past, { target: 'answered' });
      return profitPlot(idealTarget(score.predict(today), { contactCost: 1.2, benefit: 12 }), page);
    },
  },
  {
    name: 'rfmGrid',
    title: 'Recency and frequency',
    says: 'How many customers have each pair of scores: loyal above on the right, asleep below on the left.',
    draw({ log, asOf }, page) {
      const portfolio = rfm(log, { asOf });
      return rfmGridPlot(rfmGrid(portfolio), page);
    },
  },
  {
    name: 'lorenz',
    title: 'Concentration',
    says: 'How much of the money comes from how few.',
    draw({ log, asOf }, page) {
      const portfolio = rfm(log, { asOf });
      return lorenzPlot(concentration(portfolio.monetary), page);
    },
  },
  {
    name: 'segmentProfile',
    title: 'What marks the segments',
    says: 'How far the mean of each feature lies from everybody\'s, in standard deviations.',
    draw({ today, behaviour }, page) {
      const segmentation = fitSegmentation(today, { features: behaviour, segments: 4 });
      return segmentProfilePlot(profilePlot(describeSegments(today, segmentation.labels, { features: behaviour })), page);
    },
  },
  {
    name: 'silhouette',
    title: 'Silhouette',
    says: 'How well each customer lies in the own segment (1) rather than in the next one (below 0).',
    draw({ today, behaviour }, page) {
      const segmentation = fitSegmentation(today, { features: behaviour, segments: 4 });
      const { labels } = segmentation;
      return silhouettePlot(silhouette(today, labels, { features: behaviour }), labels, { ...page, names: segmentation.segments.map(({ name }) => name) });
    },
  },
  {
    name: 'migration',
    title: 'Who moves',
    says: 'Where the customers of each segment of half a year ago are today, on the same yardstick.',
    draw({ log, asOf, earlier }, page) {
      const before = rfm(log, { asOf: earlier });
      return migrationPlot(segmentMigration(before, rfm(log, { asOf, cuts: before.cuts })), page);
    },
  },
  {
    name: 'sankey',
    title: 'Ways customers walk',
    says: 'The first four contacts and contracts of each customer; ribbons as wide as there are customers.',
    draw({ contacts }, page) {
      const flows = sankeyOf(contacts, { depth: 4, items: 6 });
      return sankeyPlot(flows, page);
    },
  },
  {
    name: 'dependencyGraph',
    title: 'What depends on what',
    says: 'Which contract comes after which by more than chance, and which requires another.',
    draw({ contacts, contracts }, page) {
      const order = productOrder(contacts, { items: contracts });
      return dependencyGraphPlot(productDependencies(order).graph, page);
    },
  },
  {
    name: 'pathTimes',
    title: 'Time between steps',
    says: 'Of those who went on: the median (dot), the middle half (bar) and eight in ten (line), in days.',
    draw({ contacts }, page) {
      const [times] = pathTimes(contacts, [{ steps: [['card'], ['insurance'], ['energy']] }]);
      return pathTimesPlot(times?.transitions ?? [], page);
    },
  },
  {
    name: 'survival',
    title: 'Survival',
    says: 'The share of members still there after so many days, by plan, with 95 % intervals.',
    draw({ lives }, page) {
      const groups = kaplanMeierBy(lives, { duration: 'duration', event: 'event', by: 'plan' });
      return survivalPlot(groups, page);
    },
  },
  {
    name: 'waterfall',
    title: 'Waterfall of potential',
    says: 'From what members spend here to what they could, plan by plan.',
    draw({ members }, page) {
      const model = fitMarketPotential(members, { spend: 'spend', features: ['age', 'householdSize', 'plan', 'incomeBand'], customer: 'customerId', estimators: ['halfNormal'] });
      const growth = growthPotential(model.predict(members), { by: { plan: members.map(({ plan }) => plan) } });
      return waterfallPlot(growth.by['plan'] ?? [], page);
    },
  },
  {
    name: 'tracking',
    title: 'Tracking',
    says: 'Repeat purchases month by month and what a law learnt before the shaded part expects.',
    draw({ log, purchases, split }, page) {
      const model = fitBgNbd(purchases);
      return trackingPlot(purchaseTracking(model, log, { every: { months: 1 }, split }), page);
    },
  },
  {
    name: 'frequencyHistogram',
    title: 'Purchases a customer',
    says: 'How many customers bought again so many times, and how many the law expects.',
    draw({ purchases }, page) {
      const model = fitBgNbd(purchases);
      return frequencyHistogramPlot(frequencyHistogram(model, purchases, { most: 12 }), page);
    },
  },
  {
    name: 'forecast',
    title: 'Forecast',
    says: 'Purchases of the next six months, of present customers and of fifty who join every month, with the interval of the sum.',
    draw({ purchases }, page) {
      const value = fitLifetimeValue(purchases, { horizon: { months: 12 } });
      return forecastPlot(forecastPortfolio(value, purchases, { periods: 6, newCustomers: { perPeriod: 50 } }), page);
    },
  },
];
