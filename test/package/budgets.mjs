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
  // The log brings the reading of dates along; conventions, margins and segment maps are paid by whoever imports them.
  { from: '/segmentation', names: ['rfm'], maxGzip: 2870, never: [frame, 'learners/', 'evaluation/', 'simple-statistics', 'rfm/codes', 'rfm/rRfm', ...foreign] },
  // Reading tables and scaling are 5000 of it; the exact tests, exact p-values and false-discovery rates of evaluation 1900.
  { from: '/segmentation', names: ['describeSegments'], maxGzip: 10_500, never: [frame, 'learners/', ...foreign] },
  // The tree grower of the learners is 2600 of it.
  { from: '/segmentation', names: ['segmentRules'], maxGzip: 9750, never: [frame, 'evaluation/', 'learners/trees/fit', ...foreign] },
  { from: '/segmentation', names: ['segmentMap'], maxGzip: 6150, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['rfm', 'naturalBreaks', 'codes11Segments'], maxGzip: 4650, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['rfmFromTable'], maxGzip: 3690, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['assignRfm'], maxGzip: 1500, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/segmentation', names: ['Hierarchy'], maxGzip: 2300, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Ward's tree of more than 10,000 rows starts from k-means, which is 7000 of it.
  { from: '/segmentation', names: ['fitHierarchy'], maxGzip: 14_950, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['Hdbscan'], maxGzip: 4600, never: [frame, 'learners/', 'evaluation/', 'density/fit', ...foreign] },
  { from: '/segmentation', names: ['fitHdbscan'], maxGzip: 9850, never: [frame, 'learners/', 'evaluation/', 'kmeans/', ...foreign] },
  { from: '/segmentation', names: ['valueActions', 'responseBySegment'], maxGzip: 6150, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/segmentation', names: ['alignSegments'], maxGzip: 2350, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/segmentation', names: ['segmentMigration'], maxGzip: 4950, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Reading tables and guessing what their columns hold is 3300 of it.
  { from: '/segmentation', names: ['segmentDrift'], maxGzip: 5900, never: [frame, 'learners/', ...foreign] },
  // All seven methods, what compares them and what describes them: a page that only places customers takes Segmentation, or the model of its one method.
  { from: '/segmentation', names: ['fitSegmentation'], maxGzip: 54_450, never: [frame, 'learners/trees/', 'rfm/rfm', ...foreign] },
  { from: '/segmentation', names: ['Segmentation'], maxGzip: 12_900, never: [frame, 'evaluation/', 'quality/', 'profile/', 'kmeans/fit', 'kmeans/lloyd.', 'mixed/fit', 'mixture/fit', 'density/fit', ...foreign] },
  { from: '/segmentation', names: ['checkRfmSegments'], maxGzip: 1250, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/segmentation', names: ['profilePlot'], maxGzip: 200, never: [frame, 'learners/', 'evaluation/', 'data/', ...foreign] },
  { from: '/segmentation', names: ['normalisedMutualInformation'], maxGzip: 630, never: [frame, 'learners/', 'evaluation/', 'data/', ...foreign] },
  { from: '/segmentation', names: ['calinskiHarabasz'], maxGzip: 5780, never: [frame, 'learners/', 'evaluation/', 'kmeans/', ...foreign] },
  { from: '/segmentation', names: ['adjustedRandIndex'], maxGzip: 640, never: [frame, 'learners/', 'evaluation/', 'data/', ...foreign] },
  { from: '/segmentation', names: ['daviesBouldin'], maxGzip: 5720, never: [frame, 'learners/', 'evaluation/', 'kmeans/', ...foreign] },
  { from: '/segmentation', names: ['silhouette'], maxGzip: 8200, never: [frame, 'learners/', 'evaluation/', 'kmeans/', ...foreign] },
  { from: '/segmentation', names: ['gapStatistic'], maxGzip: 11_600, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['segmentStability'], maxGzip: 11_000, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['compareSegmentCounts'], maxGzip: 14_200, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['concentration'], maxGzip: 1770, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/segmentation', names: ['KPrototypes'], maxGzip: 4600, never: [frame, 'evaluation/', 'mixed/fit', 'mixed/prototypePartition.', ...fitting, ...foreign] },
  { from: '/segmentation', names: ['KMedoids'], maxGzip: 4600, never: [frame, 'evaluation/', 'mixed/fit', 'medoids/fasterPam.', ...fitting, ...foreign] },
  { from: '/segmentation', names: ['fitKPrototypes'], maxGzip: 12_500, never: [frame, 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['fitKMedoids'], maxGzip: 11_900, never: [frame, 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['gowerDistances'], maxGzip: 6600, never: [frame, 'evaluation/', ...foreign] },
  // Densities of what is known need the Cholesky factors of any set of features.
  { from: '/segmentation', names: ['GaussianMixture'], maxGzip: 6550, never: [frame, 'learners/', 'evaluation/', 'mixture/fit', 'mixture/gaussianStep.', ...foreign] },
  // Reading tables and scaling are 5500 of it, the model that comes out 2500; trying four shapes in a few seconds 500.
  { from: '/segmentation', names: ['fitGaussianMixture'], maxGzip: 14_100, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/segmentation', names: ['LatentClass'], maxGzip: 4000, never: [frame, 'learners/', 'evaluation/', 'mixture/fit', 'numeric/cholesky.', ...foreign] },
  { from: '/segmentation', names: ['fitLatentClass'], maxGzip: 9250, never: [frame, 'learners/', 'evaluation/', 'numeric/cholesky.', ...foreign] },
  { from: '/learners', names: ['LogisticRegression'], maxGzip: 3300, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  // 9000 was asked for: see docs/decisions/0008.
  { from: '/learners', names: ['fitLogisticRegression'], maxGzip: 15_450, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['Binning'], maxGzip: 3050, never: [frame, 'evaluation/', 'binning/fit', 'binning/optimalCuts.', 'binning/preBins.', ...fitting, ...foreign] },
  // Reading tables and guessing what their columns hold is 3300 of it, the model that comes out 2600.
  { from: '/learners', names: ['fitBinning'], maxGzip: 12_150, never: [frame, 'evaluation/', 'learners/trees/fit', ...foreign] },
  { from: '/learners', names: ['weightOfEvidence', 'informationValue'], maxGzip: 1050, never: [frame, 'evaluation/', 'data/table.', ...fitting, ...foreign] },
  { from: '/learners', names: ['BoostedTreesScorer'], maxGzip: 3550, never: [frame, 'evaluation/', 'learners/trees/treeShap.', ...fitting, ...foreign] },
  { from: '/learners', names: ['AdditiveLogistic'], maxGzip: 4000, never: [frame, 'evaluation/', 'additive/fit', 'additive/solve', ...fitting, ...foreign] },
  // Reading tables and what columns hold is 6000 of it.
  { from: '/learners', names: ['fitAdditiveLogistic'], maxGzip: 16_350, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['BoostedTrees'], maxGzip: 4900, never: [frame, 'evaluation/', 'learners/trees/fit', ...fitting, ...foreign] },
  { from: '/learners', names: ['DecisionTree'], maxGzip: 5650, never: [frame, 'evaluation/', 'learners/trees/fit', 'learners/trees/grow', ...fitting, ...foreign] },
  { from: '/learners', names: ['fitDecisionTree'], maxGzip: 14_750, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['ElasticNet'], maxGzip: 4400, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  { from: '/learners', names: ['fitElasticNet'], maxGzip: 19_300, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['Glm'], maxGzip: 3700, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  { from: '/learners', names: ['QuantileRegression'], maxGzip: 3650, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  // 8000 was asked for: reading raw rows, encoding and the model itself are 6300 without an engine, which is 3500 more, and inference 1200.
  { from: '/learners', names: ['fitQuantileRegression'], maxGzip: 13_300, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['NearestPeers'], maxGzip: 6000, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  { from: '/learners', names: ['fitNearestPeers'], maxGzip: 8250, never: [frame, 'evaluation/', 'numeric/cholesky.', ...foreign] },
  { from: '/learners', names: ['fitGlm'], maxGzip: 19_800, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['fromMlLogisticRegression'], maxGzip: 4750, never: [frame, 'evaluation/', ...fitting, ...foreign, 'ml-logistic-regression'] },
  { from: '/learners', names: ['Calibrator'], maxGzip: 1750, never: [frame, 'evaluation/', 'data/table.', ...fitting, ...foreign] },
  { from: '/learners', names: ['CalibratedModel'], maxGzip: 2250, never: [frame, 'evaluation/', 'data/table.', 'learners/logisticRegression.', ...fitting, ...foreign] },
  { from: '/learners', names: ['fitIsotonicCalibration'], maxGzip: 3450, never: [frame, 'evaluation/', 'data/table.', ...foreign] },
  { from: '/learners', names: ['fitCalibrated'], maxGzip: 13_100, never: [frame, 'evaluation/', 'learners/logisticRegression.', ...foreign] },
  { from: '/evaluation', names: ['calibrationSlope'], maxGzip: 3300, never: [frame, 'learners/', ...foreign] },
  // 14000 was asked for: the model and its Shapley values are 4400 of it, reading tables 3300.
  { from: '/learners', names: ['Scorecard'], maxGzip: 3400, never: [frame, 'evaluation/', 'learners/binning/binning.', 'learners/scorecard/scorecardT', ...fitting, ...foreign] },
  { from: '/learners', names: ['scorecardTable', 'scorecardText'], maxGzip: 1400, never: [frame, 'evaluation/', 'data/table.', ...fitting, ...foreign] },
  { from: '/learners', names: ['scorecardStability'], maxGzip: 3400, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  // Binning is 11,700 of it and the logistic regression with its inference 15,000; they share the reading of tables.
  { from: '/learners', names: ['fitScorecard'], maxGzip: 27_000, never: [frame, 'evaluation/', ...foreign] },
  { from: '/learners', names: ['fitBoostedTrees'], maxGzip: 18_500, never: [frame, 'evaluation/', ...foreign] },
  { from: '/evaluation', names: ['rocAuc'], maxGzip: 1150, never: [frame, 'learners/', ...foreign] },
  { from: '/data', names: ['Frame'], maxGzip: 8000, never: ['learners/', 'evaluation/', ...foreign] },
  // Messages that say how an amount is written, what was left out and how a log is made are 100 of it.
  { from: '/data', names: ['EventLog'], maxGzip: 7900, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['snapshot'], maxGzip: 12_500, never: ['learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['labelOutcome'], maxGzip: 4400, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['fitEncoding', 'Encoding'], maxGzip: 5800, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/evaluation', names: ['gainsTable'], maxGzip: 3100, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['crossValidate'], maxGzip: 10_350, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['bootstrapInterval'], maxGzip: 5100, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['compareModels'], maxGzip: 7700, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['liftAt'], maxGzip: 2800, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['expectedMaximumProfit'], maxGzip: 3220, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['savingsScore'], maxGzip: 1850, never: [frame, 'learners/', ...foreign] },
  // A sort, a tree of sums, and the reading of strata, entries, weights and a training sample.
  { from: '/evaluation', names: ['concordanceIndex'], maxGzip: 3700, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/evaluation', names: ['concordance'], maxGzip: 4600, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/evaluation', names: ['timeDependentAuc'], maxGzip: 4000, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/evaluation', names: ['survivalBrier'], maxGzip: 3750, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/evaluation', names: ['integratedBrier'], maxGzip: 4050, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/evaluation', names: ['survivalCalibration'], maxGzip: 5100, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/evaluation', names: ['distributionCalibration'], maxGzip: 1700, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/evaluation', names: ['roystonD'], maxGzip: 3450, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/evaluation', names: ['permutationImportance'], maxGzip: 6800, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['partialDependence'], maxGzip: 5500, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['accumulatedLocalEffects'], maxGzip: 5100, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['validateOutOfTime'], maxGzip: 12_000, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['tune'], maxGzip: 14_700, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['nestedCrossValidate'], maxGzip: 16_000, never: [frame, 'learners/', ...foreign] },
  // The ranking alone: an engine and the holdings come with whoever makes them.
  { from: '/evaluation', names: ['rankingMetrics'], maxGzip: 5250, never: [frame, 'learners/', 'data/holdings.', 'data/table.', ...foreign] },
  { from: '/evaluation', names: ['compareRankings'], maxGzip: 2800, never: [frame, 'learners/', 'data/holdings.', 'data/table.', ...foreign] },
  // Holdings, which whoever splits has already, are 9300 of it.
  { from: '/evaluation', names: ['splitHoldings'], maxGzip: 10_950, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['productCalibration'], maxGzip: 5350, never: [frame, 'learners/', 'data/holdings.', 'data/table.', ...foreign] },
  // Drawing a control group by chance is 1250 of it.
  { from: '/scoring', names: ['idealTarget'], maxGzip: 6250, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/scoring', names: ['compareTargets'], maxGzip: 7000, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/scoring', names: ['campaignSensitivity'], maxGzip: 4500, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/scoring', names: ['targetSize'], maxGzip: 6050, never: [frame, 'learners/', ...foreign] },
  // The kernel that allocates is 9000 of it: dual descent, repair, exchanges, chains, search, and the reduction for a million customers.
  { from: '/scoring', names: ['planContacts', 'contactFrontier'], maxGzip: 14_900, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  // A score reads the models of three learners: logistic regression, elastic net, boosted trees.
  { from: '/scoring', names: ['TargetScore'], maxGzip: 10_850, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  // And to choose among them it brings all three trainers.
  { from: '/scoring', names: ['fitTargetScore'], maxGzip: 87_500, never: foreign },
  // Reading rows is 1900 of it, what decides which groups to include (beta distributions, draws) 1700.
  { from: '/response', names: ['ResponseGroups'], maxGzip: 5450, never: [frame, 'evaluation/', 'groups/fit', 'groups/settleGroups.', 'groups/groupOptions.', ...fitting, ...foreign] },
  // The tree grower of the learners with its folds is 6900 of it.
  { from: '/response', names: ['fitResponseGroups'], maxGzip: 21_050, never: [frame, 'learners/trees/fit', 'learners/trees/decisionTree.', ...foreign] },
  // 2000 was asked for: reading rows and a stored model are 1970 of it.
  { from: '/segmentation', names: ['KMeansAssigner'], maxGzip: 3100, never: [frame, 'learners/', 'evaluation/', 'kmeans/fit', 'kmeans/lloyd.', ...foreign] },
  { from: '/segmentation', names: ['KMeans'], maxGzip: 3900, never: [frame, 'learners/', 'evaluation/', 'kmeans/fit', 'kmeans/lloyd.', ...foreign] },
  // 4000 was asked for: reading raw rows and learning the scaling are 4800, the model 1350.
  { from: '/segmentation', names: ['fitKMeans'], maxGzip: 12_050, never: [frame, 'learners/', 'evaluation/', 'kmeans/limitSizes.', 'kmeans/updateKMeans.', ...foreign] },
  // A table's columns, the walk of trees, and exact Shapley values.
  { from: '/response', names: ['UpliftTree'], maxGzip: 5400, never: [frame, 'evaluation/', 'trees/fit', 'trees/grow', 'trial/read', ...fitting, ...foreign] },
  { from: '/response', names: ['UpliftForest'], maxGzip: 4750, never: [frame, 'evaluation/', 'trees/fit', 'trees/grow', 'trial/read', ...fitting, ...foreign] },
  // Reading tables and guessing what their columns hold, the bins and the compiled loops of the learners' trees, and the model that comes out.
  { from: '/response', names: ['fitUpliftTree'], maxGzip: 19_950, never: [frame, 'learners/trees/fit', ...foreign] },
  { from: '/response', names: ['fitUpliftForest'], maxGzip: 19_050, never: [frame, 'learners/trees/fit', ...foreign] },
  // Linear parts and the walk of trees; a score page needs no other class for them.
  { from: '/response', names: ['Uplift'], maxGzip: 5600, never: [frame, 'evaluation/', 'trial/read', 'uplift/fit', 'uplift/workshop.', 'learners/trees/treeShap.', ...fitting, ...foreign] },
  { from: '/response', names: ['PromotionSensitivity'], maxGzip: 6450, never: [frame, 'evaluation/', 'trial/read', 'uplift/fit', 'uplift/workshop.', 'learners/trees/treeShap.', ...fitting, ...foreign] },
  // Four trainers: logistic regression, least squares, elastic net, boosted trees.
  { from: '/response', names: ['fitUplift'], maxGzip: 57_750, never: [frame, 'evaluation/', ...foreign] },
  { from: '/response', names: ['fitPromotionSensitivity'], maxGzip: 58_950, never: [frame, 'evaluation/', ...foreign] },
  { from: '/response', names: ['treatmentBalance'], maxGzip: 7120, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  // Plain functions on arrays; intervals of rates, Student's and normal quantiles are 1000 of most.
  { from: '/response', names: ['qiniCoefficient'], maxGzip: 3250, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/response', names: ['upliftByDecile'], maxGzip: 4300, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/response', names: ['effectHeterogeneity'], maxGzip: 6400, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/response', names: ['policyValue', 'chooseActions'], maxGzip: 4300, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/response', names: ['upliftGroups'], maxGzip: 6600, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/response', names: ['planControlGroup'], maxGzip: 2150, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Sums of weights and the best of them; holdings are made elsewhere.
  { from: '/propensity', names: ['Ease'], maxGzip: 3150, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', 'engines/fit', 'engines/learn', 'numeric/invertPositive.', ...foreign] },
  { from: '/propensity', names: ['ItemNeighbours'], maxGzip: 3150, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', 'engines/fit', 'engines/learn', 'numeric/invertPositive.', ...foreign] },
  { from: '/propensity', names: ['ImplicitAls'], maxGzip: 4750, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', 'engines/fit', 'factors/fit', 'factors/learn', 'numeric/random.', ...foreign] },
  { from: '/propensity', names: ['fitImplicitAls'], maxGzip: 7900, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', ...foreign] },
  { from: '/propensity', names: ['fitEase'], maxGzip: 5800, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', ...foreign] },
  { from: '/propensity', names: ['fitItemNeighbours'], maxGzip: 4500, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', 'numeric/invertPositive.', ...foreign] },
  // The allocation of planContacts is 12,500 of it.
  { from: '/propensity', names: ['idealBasket'], maxGzip: 19_400, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', ...foreign] },
  { from: '/propensity', names: ['eligibility'], maxGzip: 2950, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', ...foreign] },
  { from: '/propensity', names: ['expectedMargin'], maxGzip: 3050, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', ...foreign] },
  { from: '/propensity', names: ['poissonBinomial'], maxGzip: 1450, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Reading cells and amounts is 1500 of both, reading a table of dimensions 1100.
  { from: '/propensity', names: ['portfolioPotential'], maxGzip: 6100, never: [frame, 'learners/', 'data/holdings.', 'basket/', ...foreign] },
  { from: '/propensity', names: ['whiteSpace'], maxGzip: 6350, never: [frame, 'learners/', 'data/holdings.', 'basket/', ...foreign] },
  { from: '/propensity', names: ['frequentItemsets'], maxGzip: 4000, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', ...foreign] },
  // The itemsets are 3300 of it, Fisher's exact tests and normal quantiles 1200.
  { from: '/propensity', names: ['associationRules'], maxGzip: 7650, never: [frame, 'learners/', 'data/holdings.', 'data/table.', 'numeric/hypergeometric.', ...foreign] },
  { from: '/propensity', names: ['matchingRules'], maxGzip: 800, never: [frame, 'learners/', 'evaluation/', 'data/holdings.', 'data/table.', 'rules/searchRules.', ...foreign] },
  // Scoring of all methods, boosted trees 2600 and factors 2000 among them; learning is the rest.
  { from: '/propensity', names: ['PropensityMatrix'], maxGzip: 16_500, never: [frame, 'evaluation/', 'data/holdings.', 'matrix/fit', 'matrix/learn', 'products/fit', 'stack/fit', 'engines/learn', ...foreign] },
  { from: '/propensity', names: ['fitPropensityMatrix'], maxGzip: 53_500, never: [frame, 'data/holdings.', ...foreign] },
  { from: '/data', names: ['Holdings'], maxGzip: 9450, never: [frame, ...foreign] },
  { from: '/paths', names: ['directlyFollows'], maxGzip: 4800, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Orders, waits and the held-out loss are 4300 of it, the model that comes out 4800, reading journeys 1100.
  { from: '/paths', names: ['fitMarkovPaths'], maxGzip: 10_750, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/paths', names: ['MarkovPaths'], maxGzip: 5500, never: [frame, 'learners/', 'data/table.', 'journeys/', 'transitions/fit', 'transitions/count', ...foreign] },
  { from: '/paths', names: ['transitionHeatMap'], maxGzip: 2050, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/paths', names: ['sankeyOf'], maxGzip: 2250, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // 4000 was asked for: the exact sign test, q-values, the score interval and waiting times with censoring are 3000 of it; graph and itineraries are paid by whoever imports them.
  { from: '/paths', names: ['productOrder'], maxGzip: 7450, never: [frame, 'learners/', 'data/table.', 'data/calendar.', 'productDependencies', ...foreign] },
  { from: '/paths', names: ['productDependencies'], maxGzip: 1400, never: [frame, 'learners/', 'evaluation/', 'data/table.', 'journeys/', ...foreign] },
  { from: '/paths', names: ['productItineraries'], maxGzip: 2400, never: [frame, 'learners/', 'evaluation/', 'data/table.', 'journeys/', ...foreign] },
  { from: '/paths', names: ['mermaidOf'], maxGzip: 1110, never: [frame, 'learners/', 'evaluation/', 'journeys/', ...foreign] },
  { from: '/paths', names: ['graphMlOf'], maxGzip: 1300, never: [frame, 'learners/', 'evaluation/', 'journeys/', ...foreign] },
  { from: '/paths', names: ['sequenceRules'], maxGzip: 4900, never: [frame, 'learners/', 'data/table.', 'sequences/mine', 'sequences/limited/', ...foreign] },
  { from: '/paths', names: ['rulesOfSequences'], maxGzip: 1750, never: [frame, 'learners/', 'data/table.', 'journeys/', 'sequences/', ...foreign] },
  // Survival curves, sorting and quantiles are 1900 of it, reading journeys and limits 1800.
  { from: '/paths', names: ['pathTimes'], maxGzip: 6750, never: [frame, 'learners/', 'data/table.', 'data/calendar.', ...foreign] },
  { from: '/paths', names: ['customersOnPath'], maxGzip: 3900, never: [frame, 'learners/', 'evaluation/', 'data/table.', 'data/calendar.', ...foreign] },
  // Both nulls, exact tails and shuffles; finding paths is 3700 of it.
  { from: '/paths', names: ['surprisingPaths'], maxGzip: 9300, never: [frame, 'learners/', 'evaluation/', 'data/table.', 'data/calendar.', ...foreign] },
  // Reading a log into journeys is 1000 of each.
  { from: '/paths', names: ['NextEvent'], maxGzip: 4550, never: [frame, 'learners/', 'evaluation/', 'data/eventLog.', 'data/table.', 'next/fit', 'next/learn', 'next/count', 'numeric/', ...foreign] },
  { from: '/paths', names: ['fitNextEvent'], maxGzip: 8750, never: [frame, 'learners/', 'evaluation/', 'data/eventLog.', 'data/table.', ...foreign] },
  { from: '/paths', names: ['attributeOutcomes'], maxGzip: 6650, never: [frame, 'learners/', 'data/eventLog.', 'data/table.', ...foreign] },
  // Five measures, costs learnt or given, three ways to align, steps of several items: 5000; reading journeys 1100.
  { from: '/paths', names: ['journeyDistances'], maxGzip: 6250, never: [frame, 'learners/', 'evaluation/', 'data/table.', 'data/calendar.', 'numeric/s', 'numeric/m', ...foreign] },
  // Distances are 5000 of it, the medoid search, Ward's tree and the random numbers 2500.
  { from: '/paths', names: ['groupJourneys'], maxGzip: 12_250, never: [frame, 'learners/', 'evaluation/', 'data/table.', 'data/calendar.', ...foreign] },
  { from: '/paths', names: ['JourneyGroups'], maxGzip: 5550, never: [frame, 'learners/', 'evaluation/', 'data/table.', 'data/calendar.', 'numeric/s', 'numeric/m', ...foreign] },
  { from: '/paths', names: ['journeyIndicators'], maxGzip: 2050, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Dates and months of the calendar are 2500 of it.
  { from: '/paths', names: ['journeyStates'], maxGzip: 6350, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/paths', names: ['journeyIndexPlot'], maxGzip: 2150, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Every restriction and limit, both engines and the one within gaps; 7000 was asked for.
  { from: '/paths', names: ['mineSequences'], maxGzip: 10_400, never: [frame, 'learners/', 'evaluation/', 'data/table.', 'paths/timing/', 'paths/order/', ...foreign] },
  // Mining is 9700 of it; drawing controls, exact and stratified tests, what a path adds to its parts are the rest.
  { from: '/paths', names: ['pathsTo'], maxGzip: 18_350, never: [frame, 'learners/', 'data/table.', 'data/calendar.', 'outcomes/timeTo', ...foreign] },
  { from: '/paths', names: ['contrastPaths'], maxGzip: 15_750, never: [frame, 'learners/', 'data/table.', 'data/calendar.', 'outcomes/draw', ...foreign] },
  { from: '/paths', names: ['alertRules'], maxGzip: 2000, never: [frame, 'learners/', 'data/table.', 'sequences/', ...foreign] },
  { from: '/paths', names: ['matchAlerts'], maxGzip: 5700, never: [frame, 'learners/', 'evaluation/', 'data/table.', 'data/calendar.', 'sequences/', ...foreign] },
  { from: '/paths', names: ['timeToOutcome'], maxGzip: 8450, never: [frame, 'learners/', 'data/table.', 'data/calendar.', 'sequences/mine', ...foreign] },
  // Wallets of every estimator are 14,500 of it (trees 2600 and peers 5500 among them), known wallets, participation and the reading of spend the rest.
  { from: '/potential', names: ['MarketPotential'], maxGzip: 19_600, never: [frame, 'evaluation/', 'door/fit', 'wallets/learn', 'known/fit', ...foreign] },
  { from: '/potential', names: ['fitMarketPotential'], maxGzip: 76_250, never: [frame, ...foreign] },
  { from: '/potential', names: ['KnownWallets'], maxGzip: 5200, never: [frame, 'evaluation/', 'known/fit', 'known/learn', ...fitting, ...foreign] },
  { from: '/potential', names: ['fitKnownWallets'], maxGzip: 15_250, never: [frame, 'learners/fit', 'evaluation/', 'potential/wallets', ...foreign] },
  { from: '/potential', names: ['knownWalletErrors'], maxGzip: 2050, never: [frame, 'learners/', 'data/table.', 'known/fit', ...foreign] },
  { from: '/potential', names: ['reconcileLines'], maxGzip: 1400, never: [frame, 'learners/', 'data/table.', 'potential/door', ...foreign] },
  { from: '/potential', names: ['opportunityMatrix'], maxGzip: 2650, never: [frame, 'learners/', 'data/table.', 'potential/door', ...foreign] },
  // MarketPotential and what makes several of them agree.
  { from: '/potential', names: ['LinePotential'], maxGzip: 21_250, never: [frame, 'evaluation/', 'door/fit', 'wallets/learn', 'known/fit', ...foreign] },
  { from: '/potential', names: ['fitLinePotential'], maxGzip: 78_750, never: [frame, ...foreign] },
  // Predicting is 3500 of it, the posterior of inefficiency and its bounds the rest.
  { from: '/potential', names: ['StochasticFrontier'], maxGzip: 5750, never: [frame, 'evaluation/', 'frontier/fit', 'frontier/maximise.', 'potential/wallets', ...fitting, ...foreign] },
  // Reading raw rows, encoding and the model are 11,000 of it; three laws with exact second derivatives and inference the rest.
  { from: '/potential', names: ['fitStochasticFrontier'], maxGzip: 17_900, never: [frame, 'evaluation/', 'potential/wallets', ...foreign] },
  // Reading tables and grouping by their columns is 2000 of each of these.
  { from: '/potential', names: ['growthPotential'], maxGzip: 5200, never: [frame, 'learners/', 'potential/door', 'potential/wallets', ...foreign] },
  { from: '/potential', names: ['shareScenario'], maxGzip: 5800, never: [frame, 'learners/', 'potential/door', 'potential/wallets', ...foreign] },
  { from: '/potential', names: ['rakePotential'], maxGzip: 6100, never: [frame, 'learners/', 'potential/door', 'potential/wallets', ...foreign] },
  { from: '/potential', names: ['potentialConcentration'], maxGzip: 2550, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/potential', names: ['completePotentials'], maxGzip: 2050, never: [frame, 'learners/', 'data/table.', ...foreign] },
  // The simplex methods are 3500 of it, reading tables 2000.
  { from: '/potential', names: ['dataEnvelopment'], maxGzip: 8600, never: [frame, 'learners/', 'evaluation/', 'numeric/', 'potential/door', 'potential/wallets', ...foreign] },
  { from: '/potential', names: ['scaleEfficiency'], maxGzip: 8750, never: [frame, 'learners/', 'evaluation/', 'numeric/', 'potential/door', 'potential/wallets', ...foreign] },
  // The two models that can stand behind an ease are 6000 of it.
  { from: '/potential', names: ['CaptureEase'], maxGzip: 8600, never: [frame, 'evaluation/', 'ease/fit', 'ease/learn', ...fitting, ...foreign] },
  // Logistic regression, boosted trees, calibration and the figures of the report.
  { from: '/potential', names: ['fitCaptureEase'], maxGzip: 45_000, never: [frame, 'potential/wallets', ...foreign] },
  { from: '/potential', names: ['quickWins'], maxGzip: 3850, never: [frame, 'learners/', 'evaluation/', 'ease/fit', ...foreign] },
  { from: '/potential', names: ['potentialQuadrants'], maxGzip: 2200, never: [frame, 'learners/', 'evaluation/', 'ease/fit', ...foreign] },
  // Validation: reading columns and groups, ranks, bootstrap.
  { from: '/potential', names: ['spendCoverage'], maxGzip: 4450, never: [frame, 'learners/', 'potential/door', 'potential/wallets', ...foreign] },
  { from: '/potential', names: ['conformalAdjustment'], maxGzip: 3100, never: [frame, 'learners/', 'potential/door', 'potential/wallets', ...foreign] },
  { from: '/potential', names: ['backtestPotential'], maxGzip: 4850, never: [frame, 'learners/', 'data/table.', 'potential/door', 'potential/wallets', ...foreign] },
  { from: '/potential', names: ['potentialStability'], maxGzip: 2700, never: [frame, 'learners/', 'data/table.', 'potential/door', 'potential/wallets', ...foreign] },
  // The five models that can stand behind a score are 10,500 of it.
  { from: '/churn', names: ['ChurnScore'], maxGzip: 12_500, never: [frame, 'evaluation/', 'score/fit', 'score/learn', 'churn/define', ...fitting, ...foreign] },
  { from: '/churn', names: ['EngagementScore'], maxGzip: 12_750, never: [frame, 'evaluation/', 'score/fit', 'score/learn', 'churn/define', ...fitting, ...foreign] },
  { from: '/churn', names: ['costThreshold'], maxGzip: 1400, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Five ways of learning, snapshots and their labels, the design audit and every figure of the report.
  { from: '/churn', names: ['fitChurnScore'], maxGzip: 108_550, never: foreign },
  { from: '/churn', names: ['fitEngagementScore'], maxGzip: 109_800, never: foreign },
  // Snapshots are 15,000 of it.
  { from: '/churn', names: ['scoreChurn'], maxGzip: 18_400, never: ['learners/', 'evaluation/', 'score/fit', 'score/learn', ...foreign] },
  { from: '/churn', names: ['CoxRegression'], maxGzip: 4350, never: [frame, 'evaluation/', 'cox/fit', 'cox/solve', 'cox/after', ...fitting, ...foreign] },
  // Reading columns and learning their levels are 7000 of it; three kinds of penalty, and separation, 5000.
  { from: '/churn', names: ['fitCoxRegression'], maxGzip: 23_000, never: [frame, 'evaluation/', 'learners/fit', ...foreign] },
  { from: '/churn', names: ['fitCoxPath'], maxGzip: 13_900, never: [frame, 'evaluation/', 'learners/fit', 'cox/after', ...foreign] },
  // What comes after the Cox fit reads the rows anew: 5000 of each.
  { from: '/churn', names: ['coxResiduals'], maxGzip: 9050, never: [frame, 'evaluation/', 'cox/fit', 'cox/solve', ...foreign] },
  { from: '/churn', names: ['scoreResiduals'], maxGzip: 9200, never: [frame, 'evaluation/', 'cox/fit', 'cox/solve', ...foreign] },
  { from: '/churn', names: ['schoenfeldResiduals'], maxGzip: 9250, never: [frame, 'evaluation/', 'cox/fit', 'cox/solve', ...foreign] },
  { from: '/churn', names: ['proportionalHazardsTest'], maxGzip: 12100, never: [frame, 'evaluation/', 'cox/fit', 'cox/solve', ...foreign] },
  { from: '/churn', names: ['coxBaseline'], maxGzip: 8500, never: [frame, 'evaluation/', 'cox/fit', 'cox/solve', ...foreign] },
  { from: '/churn', names: ['coxCurve'], maxGzip: 3750, never: [frame, 'evaluation/', 'cox/fit', 'cox/solve', ...foreign] },
  { from: '/churn', names: ['predictPath'], maxGzip: 3800, never: [frame, 'evaluation/', 'cox/fit', 'cox/solve', ...foreign] },
  { from: '/churn', names: ['smoothedHazard'], maxGzip: 1100, never: [frame, 'evaluation/', 'cox/fit', 'cox/solve', ...foreign] },
  { from: '/churn', names: ['splitEpisodes'], maxGzip: 10_400, never: ['learners/', 'evaluation/', 'cox/fit', 'cox/solve', ...foreign] },
  { from: '/churn', names: ['retentionTarget'], maxGzip: 4750, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/churn', names: ['valueAtRisk'], maxGzip: 3800, never: [frame, 'learners/', ...foreign] },
  { from: '/churn', names: ['leavingSubgroups'], maxGzip: 7250, never: [frame, 'learners/', ...foreign] },
  { from: '/churn', names: ['earlyWarnings'], maxGzip: 6400, never: [frame, 'learners/', ...foreign] },
  // The frame it gives is 6000 of it.
  { from: '/churn', names: ['warningFeatures'], maxGzip: 10_800, never: ['learners/', 'evaluation/', ...foreign] },
  // Three learners to read: logistic, additive, trees.
  { from: '/churn', names: ['DiscreteHazard'], maxGzip: 9550, never: [frame, 'evaluation/', 'hazards/fit', ...fitting, ...foreign] },
  { from: '/churn', names: ['fitDiscreteHazard'], maxGzip: 42_500, never: [frame, 'evaluation/', ...foreign] },
  // The log's reading of dates and durations is 3000 of it, intervals 1000.
  { from: '/churn', names: ['churnThresholds'], maxGzip: 7900, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/churn', names: ['personalRhythm'], maxGzip: 5850, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/churn', names: ['churnLabels'], maxGzip: 8950, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Snapshots and the Frame are 12,000 of it, comparing moments 3000.
  { from: '/churn', names: ['churnSnapshots'], maxGzip: 21_600, never: ['learners/', ...foreign] },
  { from: '/churn', names: ['churnRowsAt'], maxGzip: 17_100, never: ['learners/', 'evaluation/', ...foreign] },
  { from: '/churn', names: ['survivalTimes'], maxGzip: 15_400, never: ['learners/', 'evaluation/', ...foreign] },
  { from: '/churn', names: ['timeVaryingRows'], maxGzip: 12_700, never: ['learners/', 'evaluation/', ...foreign] },
  // Reading tables is 4000 of it, the area under the ROC curve of every column 3500.
  { from: '/churn', names: ['auditChurnDesign'], maxGzip: 16_900, never: [frame, 'learners/', ...foreign] },
  // Predicting is 3000 of it, the laws of times and the rule that integrates them the rest.
  { from: '/churn', names: ['AcceleratedFailure'], maxGzip: 5750, never: [frame, 'evaluation/', 'accelerated/fit', 'accelerated/solve', ...fitting, ...foreign] },
  // Reading raw rows, encoding and the model are 11,000 of it.
  { from: '/churn', names: ['fitAcceleratedFailure'], maxGzip: 19_000, never: [frame, 'evaluation/', 'learners/fit', 'churn/cure', ...foreign] },
  { from: '/churn', names: ['MixtureCure'], maxGzip: 6000, never: [frame, 'evaluation/', 'accelerated/fit', 'accelerated/solve', 'cure/fit', 'cure/solve', ...fitting, ...foreign] },
  { from: '/churn', names: ['fitMixtureCure'], maxGzip: 21_100, never: [frame, 'evaluation/', 'learners/fit', ...foreign] },
  // Reading tables and their columns is 5000 of it.
  { from: '/churn', names: ['kaplanMeier'], maxGzip: 8050, never: [frame, 'learners/', ...foreign] },
  { from: '/churn', names: ['SurvivalCurve'], maxGzip: 2950, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/churn', names: ['logRank'], maxGzip: 7150, never: [frame, 'learners/', ...foreign] },
  { from: '/churn', names: ['aalenJohansen'], maxGzip: 8650, never: [frame, 'learners/', ...foreign] },
  { from: '/churn', names: ['IncidenceCurves'], maxGzip: 2900, never: [frame, 'learners/', 'data/table.', ...foreign] },
  { from: '/churn', names: ['grayTest'], maxGzip: 6900, never: [frame, 'learners/', ...foreign] },
  // Reading histories and the answers of all models of purchases are 3700 of each; series and integrals for what has no closed form the rest.
  { from: '/lifetime', names: ['BgNbd'], maxGzip: 5600, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', 'data/table.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['MbgNbd'], maxGzip: 5600, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', 'data/table.', ...fitting, ...foreign] },
  // Grouping, the search with its curvature and what is said of it are 6000 of it, the model without dropout that it is compared with 600.
  { from: '/lifetime', names: ['fitBgNbd'], maxGzip: 13_200, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Models of purchases in periods and of renewals: reading a stored one, and learning it.
  { from: '/lifetime', names: ['BgBb'], maxGzip: 5250, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', 'data/table.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['fitBgBb'], maxGzip: 12_900, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // Reading histories and the answers of all models of purchases are 3900 of it, the integral over time 1100.
  { from: '/lifetime', names: ['ParetoNbd'], maxGzip: 6250, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', 'data/table.', ...fitting, ...foreign] },
  // What all fits of purchases share is 6500 of it.
  { from: '/lifetime', names: ['fitParetoNbd'], maxGzip: 13_900, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // The integrals of long times and of value for ever are 2000 of it.
  { from: '/lifetime', names: ['BgCnbdK'], maxGzip: 7750, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', 'data/table.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['MbgCnbdK'], maxGzip: 7750, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', 'data/table.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['fitBgCnbdK'], maxGzip: 15_700, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/lifetime', names: ['fitMbgCnbdK'], maxGzip: 15_700, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  { from: '/lifetime', names: ['purchaseRegularity'], maxGzip: 6900, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', 'numeric/cholesky.', ...foreign] },
  { from: '/lifetime', names: ['ShiftedBetaGeometric'], maxGzip: 2800, never: [frame, 'learners/', 'evaluation/', 'contractual/fitting', 'data/table.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['fitShiftedBetaGeometric'], maxGzip: 7400, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', ...foreign] },
  { from: '/lifetime', names: ['BetaDiscreteWeibull'], maxGzip: 3150, never: [frame, 'learners/', 'evaluation/', 'contractual/fitting', 'data/table.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['fitBetaDiscreteWeibull'], maxGzip: 7800, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', ...foreign] },
  { from: '/lifetime', names: ['forecastSurvivors'], maxGzip: 2450, never: [frame, 'learners/', 'evaluation/', 'contractual/fitting', 'data/table.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['compareConstantChurn'], maxGzip: 1050, never: [frame, 'learners/', 'evaluation/', 'contractual/fitting', 'data/table.', ...fitting, ...foreign] },
  // Quantiles of gamma and beta laws are 2000 of it.
  { from: '/lifetime', names: ['GammaGamma'], maxGzip: 4700, never: [frame, 'learners/', 'evaluation/', 'spending/fit', 'spending/spendO', 'data/table.', 'data/calendar.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['fitGammaGamma'], maxGzip: 10_750, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', 'data/calendar.', ...foreign] },
  { from: '/lifetime', names: ['spendIndependence'], maxGzip: 3620, never: [frame, 'learners/', 'evaluation/', 'spending/gamma', 'data/table.', 'data/calendar.', ...fitting, ...foreign] },
  // Models are given, and so are the fits of the bootstrap.
  { from: '/lifetime', names: ['deltaInterval'], maxGzip: 2450, never: [frame, 'learners/', 'lifetime/buying', 'lifetime/spending', 'data/table.', 'data/calendar.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['parameterDraws', 'drawInterval'], maxGzip: 3050, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'lifetime/spending', 'data/table.', 'data/calendar.', ...foreign] },
  { from: '/lifetime', names: ['bootstrapModel'], maxGzip: 2400, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'lifetime/spending', 'data/table.', 'data/calendar.', ...fitting, ...foreign] },
  // A stored model may be of any of six laws, and a log is summarised: the laws are 10,500 of it.
  { from: '/lifetime', names: ['LifetimeValue'], maxGzip: 22_400, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', 'spending/fit', 'data/table.', ...foreign] },
  { from: '/lifetime', names: ['fitLifetimeValue'], maxGzip: 40_000, never: [frame, 'learners/', 'evaluation/', 'data/table.', ...foreign] },
  // The model is given.
  // The model it takes brings the laws; what is here is the sums and their variances.
  { from: '/lifetime', names: ['forecastPortfolio'], maxGzip: 10_400, never: [frame, 'evaluation/', 'learners/', ...foreign] },
  { from: '/lifetime', names: ['lifetimeValueBy'], maxGzip: 7000, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', 'spending/fit', ...foreign] },
  { from: '/lifetime', names: ['customerEquity'], maxGzip: 7100, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', 'spending/fit', ...foreign] },
  { from: '/lifetime', names: ['explainLifetimeValue'], maxGzip: 950, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', ...foreign] },
  { from: '/lifetime', names: ['buyingModelFromJSON'], maxGzip: 10_900, never: [frame, 'learners/', 'evaluation/', 'buying/fitting', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['customerSummary'], maxGzip: 4650, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['summaryFromTable'], maxGzip: 2950, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/calendar.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['groupSummary'], maxGzip: 2350, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', 'data/calendar.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['purchasePieces'], maxGzip: 2450, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['mergePieces', 'summaryOfPieces'], maxGzip: 4100, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', 'data/calendar.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['cohortRetention'], maxGzip: 2600, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', 'data/calendar.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['purchaseShares'], maxGzip: 2450, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', 'data/calendar.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['contactCounts'], maxGzip: 1800, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', 'data/table.', 'data/calendar.', ...fitting, ...foreign] },
  { from: '/lifetime', names: ['ContactModel'], maxGzip: 4550, never: [frame, 'evaluation/', 'lifetime/buying', 'learners/glm/fit', ...fitting, ...foreign] },
  // The regression of the learners is 17,000 of it.
  { from: '/lifetime', names: ['fitContactCounts'], maxGzip: 21_300, never: [frame, 'evaluation/', 'lifetime/buying', ...foreign] },
  { from: '/lifetime', names: ['customerCovariates'], maxGzip: 6050, never: [frame, 'learners/', 'evaluation/', 'lifetime/buying', ...fitting, ...foreign] },
];
