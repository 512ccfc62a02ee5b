/**
 * What one import may cost a web page: bytes, minified and gzipped (1 kB = 1000 bytes), everything it needs included.
 * A ceiling changes only in the commit that causes it, with the reason in the CHANGELOG.
 * `never`: modules that may not be in the bundle (a part of the path; the packages of node_modules count too).
 */
/** The Frame class, the trainers, and packages that cannot be shaken. */
const frame = 'data/frame.';
const fitting = ['learners/fit', 'data/fitEncoding.', 'numeric/cholesky.'];
const foreign = ['node_modules/date-fns/index.', 'ml-matrix'];

export const budgets = [
  { from: '', names: ['ClientelaError', 'isClientelaError'], maxGzip: 300, never: [frame, ...foreign] },
  { from: '/segmentation', names: ['rfm'], maxGzip: 4000, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/learners', names: ['LogisticRegression'], maxGzip: 2950, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  // 9000 was asked for: see docs/decisions/0008.
  { from: '/learners', names: ['fitLogisticRegression'], maxGzip: 15_000, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['BoostedTreesScorer'], maxGzip: 3000, never: [frame, 'evaluation/', 'learners/trees/treeShap.', ...fitting, ...foreign] },
  { from: '/learners', names: ['BoostedTrees'], maxGzip: 4400, never: [frame, 'evaluation/', 'learners/trees/fit', ...fitting, ...foreign] },
  { from: '/learners', names: ['DecisionTree'], maxGzip: 5200, never: [frame, 'evaluation/', 'learners/trees/fit', 'learners/trees/grow', ...fitting, ...foreign] },
  { from: '/learners', names: ['fitDecisionTree'], maxGzip: 14_300, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['ElasticNet'], maxGzip: 4200, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  { from: '/learners', names: ['fitElasticNet'], maxGzip: 18_700, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['Glm'], maxGzip: 3500, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  { from: '/learners', names: ['QuantileRegression'], maxGzip: 3500, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  // 8000 was asked for: reading raw rows, encoding and the model itself are 6300 without an engine, which is 3500 more, and inference 1200.
  { from: '/learners', names: ['fitQuantileRegression'], maxGzip: 12_900, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['NearestPeers'], maxGzip: 5700, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  { from: '/learners', names: ['fitNearestPeers'], maxGzip: 7900, never: [frame, 'evaluation/', 'numeric/cholesky.', ...foreign] },
  { from: '/learners', names: ['fitGlm'], maxGzip: 19_800, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['fromMlLogisticRegression'], maxGzip: 4600, never: [frame, 'evaluation/', ...fitting, ...foreign, 'ml-logistic-regression'] },
  { from: '/learners', names: ['Calibrator'], maxGzip: 1400, never: [frame, 'evaluation/', 'data/table.', ...fitting, ...foreign] },
  { from: '/learners', names: ['CalibratedModel'], maxGzip: 1950, never: [frame, 'evaluation/', 'data/table.', 'learners/logisticRegression.', ...fitting, ...foreign] },
  { from: '/learners', names: ['fitIsotonicCalibration'], maxGzip: 3200, never: [frame, 'evaluation/', 'data/table.', ...foreign] },
  { from: '/learners', names: ['fitCalibrated'], maxGzip: 12_800, never: [frame, 'evaluation/', 'learners/logisticRegression.', ...foreign] },
  { from: '/evaluation', names: ['calibrationSlope'], maxGzip: 3300, never: [frame, 'learners/', ...foreign] },
  // 14000 was asked for: the model and its Shapley values are 4400 of it, reading tables 3300.
  { from: '/learners', names: ['fitBoostedTrees'], maxGzip: 17_850, never: [frame, 'evaluation/', ...foreign] },
  { from: '/evaluation', names: ['rocAuc'], maxGzip: 1000, never: [frame, 'learners/', ...foreign] },
  { from: '/data', names: ['Frame'], maxGzip: 8000, never: ['learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['EventLog'], maxGzip: 7700, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['snapshot'], maxGzip: 12_500, never: ['learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['labelOutcome'], maxGzip: 4400, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['fitEncoding', 'Encoding'], maxGzip: 5800, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/evaluation', names: ['gainsTable'], maxGzip: 3100, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['crossValidate'], maxGzip: 10_350, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['bootstrapInterval'], maxGzip: 5100, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['compareModels'], maxGzip: 7700, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['liftAt'], maxGzip: 2800, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['expectedMaximumProfit'], maxGzip: 3100, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['permutationImportance'], maxGzip: 6800, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['partialDependence'], maxGzip: 5500, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['accumulatedLocalEffects'], maxGzip: 5100, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['validateOutOfTime'], maxGzip: 12_000, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['tune'], maxGzip: 14_700, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['nestedCrossValidate'], maxGzip: 16_000, never: [frame, 'learners/', ...foreign] },
  { from: '/scoring', names: ['idealTarget'], maxGzip: 4300, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  // A score reads the models of three learners: logistic regression, elastic net, boosted trees.
  { from: '/scoring', names: ['TargetScore'], maxGzip: 7900, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  // And to choose among them it brings all three trainers.
  { from: '/scoring', names: ['fitTargetScore'], maxGzip: 55_600, never: foreign },
];
