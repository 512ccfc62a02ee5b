/** Which part of the library each case times, in the order of the page. */
export const AREAS = [
  { name: 'Data', file: 'data', cases: ['frame', 'eventLog', 'customerSummary'] },
  {
    name: 'Learners', file: 'learners',
    cases: ['logistic', 'elasticNet', 'glm', 'quantileRegression', 'additiveLogistic', 'decisionTree', 'boostedTrees', 'treePrediction', 'binning', 'scorecard', 'calibration', 'nearestPeers'],
  },
  { name: 'Evaluation', file: 'evaluation', cases: ['rocAuc', 'evaluation'] },
  { name: 'Segmentation', file: 'segmentation', cases: ['rfm', 'kmeans', 'gaussianMixture', 'mixedSegments', 'hierarchy', 'silhouette', 'segmentProfiles', 'segmentMovement'] },
  { name: 'Scoring and campaign targets', file: 'scoring', cases: ['scoring', 'campaign', 'planContacts'] },
  { name: 'Response and uplift', file: 'response', cases: ['responseGroups', 'uplift', 'upliftForest', 'upliftEffects'] },
  { name: 'Propensity', file: 'propensity', cases: ['propensityMatrix', 'productLogistic', 'ease', 'implicitAls', 'associationRules', 'rankings', 'idealBasket', 'portfolioPotential'] },
  {
    name: 'Paths', file: 'paths',
    cases: ['mineSequences', 'limitedSequences', 'pathTimes', 'productOrder', 'transitions', 'pathsTo', 'nextEvent', 'attribution', 'journeyGroups'],
  },
  {
    name: 'Potential', file: 'potential',
    cases: ['marketPotential', 'walletEstimators', 'stochasticFrontier', 'dataEnvelopment', 'quantilePeers', 'captureEase', 'growthPotential', 'linePotential'],
  },
  {
    name: 'Churn', file: 'churn',
    cases: ['churnScore', 'churnThresholds', 'survivalCurves', 'coxRegression', 'coxDiagnostics', 'acceleratedFailure', 'discreteHazard', 'concordance'],
  },
  { name: 'Lifetime value', file: 'lifetime', cases: ['bgNbd', 'paretoNbd', 'cnbd', 'bgBb', 'contractual', 'gammaGamma', 'lifetimeValue', 'lifetimeUncertainty', 'lifetimeBacktest'] },
];
