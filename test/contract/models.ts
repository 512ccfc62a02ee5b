import { Encoding } from '../../src/data/encoding.js';
import { fitEncoding } from '../../src/data/fitEncoding.js';
import type { TableInput } from '../../src/data/table.js';
import { AdditiveLogistic } from '../../src/learners/additive/additiveLogistic.js';
import { fitAdditiveLogistic } from '../../src/learners/additive/fitAdditiveLogistic.js';
import { ChurnScore } from '../../src/churn/score/churnScore.js';
import { fitChurnScore } from '../../src/churn/score/fitChurnScore.js';
import { Binning } from '../../src/learners/binning/binning.js';
import { fitBinning } from '../../src/learners/binning/fitBinning.js';
import { CalibratedModel } from '../../src/learners/calibration/calibratedModel.js';
import { fitCalibrated } from '../../src/learners/calibration/fitCalibrated.js';
import { ElasticNet } from '../../src/learners/elasticNet/elasticNet.js';
import { fitElasticNet } from '../../src/learners/elasticNet/fitElasticNet.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { fitGlm } from '../../src/learners/glm/fitGlm.js';
import { Glm } from '../../src/learners/glm/glm.js';
import { LogisticRegression } from '../../src/learners/logisticRegression.js';
import { fitNearestPeers } from '../../src/learners/peers/fitNearestPeers.js';
import { NearestPeers } from '../../src/learners/peers/nearestPeers.js';
import { fitQuantileRegression } from '../../src/learners/quantile/fitQuantileRegression.js';
import { QuantileRegression } from '../../src/learners/quantile/quantileRegression.js';
import { fitScorecard } from '../../src/learners/scorecard/fitScorecard.js';
import { Scorecard } from '../../src/learners/scorecard/scorecard.js';
import { BoostedTrees } from '../../src/learners/trees/boostedTrees.js';
import { DecisionTree } from '../../src/learners/trees/decisionTree.js';
import { fitBoostedTrees } from '../../src/learners/trees/fitBoostedTrees.js';
import { fitDecisionTree } from '../../src/learners/trees/fitDecisionTree.js';
import { fitMarketPotential } from '../../src/potential/door/fitMarketPotential.js';
import { MarketPotential } from '../../src/potential/door/marketPotential.js';
import { fitKnownWallets } from '../../src/potential/known/fitKnownWallets.js';
import { KnownWallets } from '../../src/potential/known/knownWallets.js';
import { fitLinePotential } from '../../src/potential/lines/fitLinePotential.js';
import { LinePotential } from '../../src/potential/lines/linePotential.js';
import { fitStochasticFrontier } from '../../src/potential/frontier/fitStochasticFrontier.js';
import { StochasticFrontier } from '../../src/potential/frontier/stochasticFrontier.js';
import { fitPromotionSensitivity } from '../../src/response/promotion/fitPromotionSensitivity.js';
import { PromotionSensitivity } from '../../src/response/promotion/promotionSensitivity.js';
import { fitUpliftForest } from '../../src/response/trees/fitUpliftForest.js';
import { fitUpliftTree } from '../../src/response/trees/fitUpliftTree.js';
import { UpliftForest } from '../../src/response/trees/upliftForest.js';
import { UpliftTree } from '../../src/response/trees/upliftTree.js';
import { fitUplift } from '../../src/response/uplift/fitUplift.js';
import { Uplift } from '../../src/response/uplift/uplift.js';
import { fitResponseGroups } from '../../src/response/groups/fitResponseGroups.js';
import { ResponseGroups } from '../../src/response/groups/responseGroups.js';
import { fitTargetScore } from '../../src/scores/fitTargetScore.js';
import { TargetScore } from '../../src/scores/targetScore.js';
import { fitHdbscan } from '../../src/segmentation/density/fitHdbscan.js';
import { Hdbscan } from '../../src/segmentation/density/hdbscan.js';
import { fitKMeans } from '../../src/segmentation/kmeans/fitKMeans.js';
import { KMeans } from '../../src/segmentation/kmeans/kMeans.js';
import { fitKMedoids } from '../../src/segmentation/mixed/fitKMedoids.js';
import { fitKPrototypes } from '../../src/segmentation/mixed/fitKPrototypes.js';
import { KMedoids } from '../../src/segmentation/mixed/kMedoids.js';
import { KPrototypes } from '../../src/segmentation/mixed/kPrototypes.js';
import { fitGaussianMixture } from '../../src/segmentation/mixture/fitGaussianMixture.js';
import { fitLatentClass } from '../../src/segmentation/mixture/fitLatentClass.js';
import { GaussianMixture } from '../../src/segmentation/mixture/gaussianMixture.js';
import { LatentClass } from '../../src/segmentation/mixture/latentClass.js';
import { fitSegmentation } from '../../src/segmentation/door/fitSegmentation.js';
import { Segmentation } from '../../src/segmentation/door/segmentation.js';
import type { Customer } from './customers.js';
import { withAmount } from './numericTarget.js';

/** A model as the contract sees it. */
export interface ModelCase<Model extends { toJSON(): unknown } = { toJSON(): unknown }> {
  /** The name in `format`. */
  readonly format: string;
  /** Learns from the portfolio; `weights` where the model takes them. */
  readonly fit: (data: TableInput<keyof Customer>, weights?: Float64Array) => Model;
  readonly fromJSON: (json: unknown) => Model;
  /** One figure a row or, for `width` > 1, that many. */
  readonly predict: (model: Model, data: TableInput) => ArrayLike<number>;
  readonly predictRow?: (model: Model, row: object) => number;
  /** What predict says in its errors. */
  readonly predictCaller: string;
  readonly isProbability: boolean;
  /** Whether the fit has a target of classes, and so refuses one class. */
  readonly hasTarget: boolean;
  readonly takesWeights: boolean;
  /** A column the model cannot do without: `plan` unless it takes numbers only. */
  readonly needs?: keyof Customer;
}

const model = <Model extends { toJSON(): unknown }>(description: ModelCase<Model>): ModelCase => description as unknown as ModelCase;

/** What is done to a customer, as models of uplift take it: some are active. */
const trial = { target: 'bought', treatment: 'active', control: false, features: ['age', 'visits', 'plan'] } as const;

/** Every model of the library: a new one is one entry here. */
export const models: readonly ModelCase[] = [
  model<Encoding>({
    format: 'Encoding',
    fit: (data, weights) => fitEncoding(data, { exclude: ['bought'], ...(weights && { weights }) }),
    fromJSON: (json) => Encoding.fromJSON(json),
    predict: (encoding, data) => encoding.encode(data).values,
    predictCaller: 'Encoding.encode',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<LogisticRegression>({
    format: 'LogisticRegression',
    fit: (data, weights) => fitLogisticRegression(data, { target: 'bought', ...(weights && { weights }) }),
    fromJSON: (json) => LogisticRegression.fromJSON(json),
    predict: (regression, data) => regression.predictProbability(data),
    predictRow: (regression, row) => regression.predictProbabilityRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: true,
  }),
  model<AdditiveLogistic>({
    format: 'AdditiveLogistic',
    fit: (data, weights) => fitAdditiveLogistic(data, { target: 'bought', ...(weights && { weights }) }),
    fromJSON: (json) => AdditiveLogistic.fromJSON(json),
    predict: (additive, data) => additive.predictProbability(data),
    predictRow: (additive, row) => additive.predictProbabilityRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: true,
  }),
  model<Binning>({
    format: 'Binning',
    fit: (data, weights) => fitBinning(data, { target: 'bought', ...(weights && { weights }) }),
    fromJSON: (json) => Binning.fromJSON(json),
    predict: (binning, data) => binning.encode(data),
    predictCaller: 'Binning.encode',
    isProbability: false,
    hasTarget: true,
    takesWeights: true,
  }),
  model<BoostedTrees>({
    format: 'BoostedTrees',
    fit: (data, weights) => fitBoostedTrees(data, { target: 'bought', trees: 20, ...(weights && { weights }) }),
    fromJSON: (json) => BoostedTrees.fromJSON(json),
    predict: (trees, data) => trees.predictProbability(data),
    predictRow: (trees, row) => trees.predictProbabilityRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: true,
  }),
  model<DecisionTree>({
    format: 'DecisionTree',
    // Of a given complexity: a chosen one depends on how chance deals the rows into folds.
    fit: (data, weights) => fitDecisionTree(data, { target: 'bought', complexity: 0.01, ...(weights && { weights }) }),
    fromJSON: (json) => DecisionTree.fromJSON(json),
    predict: (tree, data) => tree.predictProbability(data),
    predictRow: (tree, row) => tree.predictProbabilityRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: true,
  }),
  model<ElasticNet>({
    format: 'ElasticNet',
    // Of a given penalty: chosen ones depend on how chance deals the rows into folds.
    fit: (data, weights) => fitElasticNet(data, { target: 'bought', lambda: 0.005, ...(weights && { weights }) }),
    fromJSON: (json) => ElasticNet.fromJSON(json),
    predict: (net, data) => net.predictProbability(data),
    predictRow: (net, row) => net.predictProbabilityRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: true,
  }),
  model<Glm>({
    format: 'Glm',
    fit: (data, weights) => fitGlm(withAmount(data), { target: 'amount', family: 'poisson', features: ['age', 'visits', 'plan', 'active'], ...(weights && { weights }) }),
    fromJSON: (json) => Glm.fromJSON(json),
    predict: (regression, data) => regression.predict(data),
    predictRow: (regression, row) => regression.predictRow(row),
    predictCaller: 'Glm.predict',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<CalibratedModel<LogisticRegression>>({
    format: 'CalibratedModel',
    // Folds along a column, so that they do not depend on the order of the rows.
    fit: (data) => fitCalibrated((train) => fitLogisticRegression(train, { target: 'bought' }), data, { target: 'bought', method: 'platt', time: 'visits', folds: 3 }),
    fromJSON: (json) => CalibratedModel.fromJSON(json, LogisticRegression),
    predict: (calibrated, data) => calibrated.predictProbability(data),
    predictRow: (calibrated, row) => calibrated.predictProbabilityRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: false,
  }),
  model<StochasticFrontier>({
    format: 'StochasticFrontier',
    fit: (data, weights) => fitStochasticFrontier(withAmount(data), { target: 'amount', scale: 'asIs', frontier: 'cost', features: ['age', 'visits', 'plan', 'active'], ...(weights && { weights }) }),
    fromJSON: (json) => StochasticFrontier.fromJSON(json),
    predict: (frontier, data) => frontier.predict(data),
    predictRow: (frontier, row) => frontier.predictRow(row),
    predictCaller: 'StochasticFrontier.predict',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<QuantileRegression>({
    format: 'QuantileRegression',
    fit: (data, weights) => fitQuantileRegression(withAmount(data), { target: 'amount', quantile: 0.75, features: ['age', 'visits', 'plan', 'active'], ...(weights && { weights }) }),
    fromJSON: (json) => QuantileRegression.fromJSON(json),
    predict: (regression, data) => regression.predict(data),
    predictRow: (regression, row) => regression.predictRow(row),
    predictCaller: 'QuantileRegression.predict',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<Scorecard>({
    format: 'Scorecard',
    fit: (data, weights) => fitScorecard(data, { target: 'bought', selection: 'all', ...(weights && { weights }) }),
    fromJSON: (json) => Scorecard.fromJSON(json),
    predict: (card, data) => card.predictProbability(data),
    predictRow: (card, row) => card.predictProbabilityRow(row),
    predictCaller: 'Scorecard.predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: true,
  }),
  model<NearestPeers>({
    format: 'NearestPeers',
    fit: (data) => fitNearestPeers(data, { features: ['age', 'visits', 'plan', 'active'], peers: 4 }),
    fromJSON: (json) => NearestPeers.fromJSON(json),
    // Which of two equally near rows is the peer depends on their order, how far they are does not.
    predict: (finder, data) => finder.peersOf(data).distances,
    predictCaller: 'NearestPeers.peersOf',
    isProbability: false,
    hasTarget: false,
    takesWeights: false,
  }),
  model<TargetScore>({
    format: 'TargetScore',
    fit: (data) => fitTargetScore(data, { target: 'bought' }),
    fromJSON: (json) => TargetScore.fromJSON(json),
    predict: (score, data) => score.predict(data),
    predictRow: (score, row) => score.predictRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: false,
  }),
  model<ChurnScore>({
    format: 'ChurnScore',
    fit: (data) => fitChurnScore(data, { target: 'bought', methods: ['additive'] }),
    fromJSON: (json) => ChurnScore.fromJSON(json),
    predict: (score, data) => score.predict(data),
    predictRow: (score, row) => score.predictRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: false,
  }),
  model<ResponseGroups>({
    format: 'ResponseGroups',
    // All rows grow, and to a given complexity: chance would deal shuffled rows into other parts and folds.
    fit: (data, weights) => fitResponseGroups(data, { target: 'bought', shares: [1, 0, 0], complexity: 0.01, minGroupSize: 30, ...(weights && { weights }) }),
    fromJSON: (json) => ResponseGroups.fromJSON(json),
    predict: (groups, data) => groups.predictProbability(data),
    predictRow: (groups, row) => groups.predictProbabilityRow(row),
    predictCaller: 'predictProbability',
    isProbability: true,
    hasTarget: true,
    takesWeights: true,
  }),
  model<KMeans>({
    format: 'KMeans',
    fit: (data, weights) => fitKMeans(data, { segments: 3, features: ['age', 'visits'], ...(weights && { weights }) }),
    fromJSON: (json) => KMeans.fromJSON(json),
    predict: (segments, data) => Array.from(segments.assign(data)),
    predictRow: (segments, row) => segments.assignRow(row).segment,
    predictCaller: 'KMeans.assign',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
    needs: 'visits',
  }),
  model<KPrototypes>({
    format: 'KPrototypes',
    fit: (data, weights) => fitKPrototypes(data, { segments: 3, features: ['age', 'visits', 'plan', 'active'], starts: 20, ...(weights && { weights }) }),
    fromJSON: (json) => KPrototypes.fromJSON(json),
    predict: (segments, data) => Array.from(segments.assign(data)),
    predictRow: (segments, row) => segments.assignRow(row).segment,
    predictCaller: 'KPrototypes.assign',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<KMedoids>({
    format: 'KMedoids',
    fit: (data, weights) => fitKMedoids(data, { segments: 3, features: ['age', 'visits', 'plan', 'active'], starts: 5, ...(weights && { weights }) }),
    fromJSON: (json) => KMedoids.fromJSON(json),
    predict: (segments, data) => Array.from(segments.assign(data)),
    predictRow: (segments, row) => segments.assignRow(row).segment,
    predictCaller: 'KMedoids.assign',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<Hdbscan>({
    format: 'Hdbscan',
    fit: (data) => fitHdbscan(data, { minSize: 10, minSamples: 5, features: ['age', 'visits', 'active'] }),
    fromJSON: (json) => Hdbscan.fromJSON(json),
    predict: (model, data) => model.assign(data),
    predictRow: (model, row) => model.assignRow(row).segment,
    predictCaller: 'Hdbscan.assign',
    isProbability: false,
    hasTarget: false,
    takesWeights: false,
    needs: 'visits',
  }),
  model<GaussianMixture>({
    format: 'GaussianMixture',
    fit: (data, weights) => fitGaussianMixture(data, { segments: 2, features: ['age', 'visits'], covariance: 'full', starts: 4, ...(weights && { weights }) }),
    fromJSON: (json) => GaussianMixture.fromJSON(json),
    predict: (mixture, data) => Array.from(mixture.assign(data)),
    predictRow: (mixture, row) => mixture.assignRow(row).segment,
    predictCaller: 'GaussianMixture.assign',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
    needs: 'visits',
  }),
  model<LatentClass>({
    format: 'LatentClass',
    fit: (data, weights) => fitLatentClass(data, { segments: 2, features: ['age', 'visits', 'plan', 'active'], starts: 8, ...(weights && { weights }) }),
    fromJSON: (json) => LatentClass.fromJSON(json),
    predict: (classes, data) => Array.from(classes.assign(data)),
    predictRow: (classes, row) => classes.assignRow(row).segment,
    predictCaller: 'LatentClass.assign',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<Segmentation>({
    format: 'Segmentation',
    fit: (data) => fitSegmentation(data, { segments: 3, features: ['age', 'visits', 'plan', 'active'] }),
    fromJSON: (json) => Segmentation.fromJSON(json),
    predict: (segmentation, data) => Array.from(segmentation.assign(data)),
    predictRow: (segmentation, row) => segmentation.assignRow(row).segment,
    predictCaller: 'KPrototypes.assign',
    isProbability: false,
    hasTarget: false,
    takesWeights: false,
  }),
  model<Uplift>({
    format: 'Uplift',
    // Without folds: they are drawn by chance.
    fit: (data, weights) => fitUplift(data, { ...trial, folds: 1, ...(weights && { weights }) }),
    fromJSON: (json) => Uplift.fromJSON(json),
    predict: (uplift, data) => uplift.predictUplift(data),
    predictRow: (uplift, row) => uplift.predictUpliftRow(row)[0]!,
    predictCaller: 'predictUplift',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<PromotionSensitivity>({
    format: 'PromotionSensitivity',
    // What customers spent stands for a discount: a column of a few numbers.
    fit: (data, weights) => fitPromotionSensitivity(withAmount(data), { target: 'bought', discount: 'amount', features: ['age', 'visits', 'plan'], folds: 1, ...(weights && { weights }) }),
    fromJSON: (json) => PromotionSensitivity.fromJSON(json),
    predict: (sensitivity, data) => sensitivity.predictResponse(data),
    predictCaller: 'predictUplift',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<UpliftTree>({
    format: 'UpliftTree',
    // Not honest: halves depend on how chance deals the rows.
    fit: (data, weights) => fitUpliftTree(data, { ...trial, honest: false, significance: 1, minArmSize: 12, ...(weights && { weights }) }),
    fromJSON: (json) => UpliftTree.fromJSON(json),
    predict: (tree, data) => tree.predictUplift(data),
    predictRow: (tree, row) => tree.predictUpliftRow(row)[0]!,
    predictCaller: 'predictUplift',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<UpliftForest>({
    format: 'UpliftForest',
    // Of all rows: a sample depends on how chance deals them.
    fit: (data, weights) => fitUpliftForest(data, { ...trial, honest: false, sampleShare: 1, trees: 10, minArmSize: 8, ...(weights && { weights }) }),
    fromJSON: (json) => UpliftForest.fromJSON(json),
    predict: (forest, data) => forest.predictUplift(data),
    predictRow: (forest, row) => forest.predictUpliftRow(row)[0]!,
    predictCaller: 'predictUplift',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<MarketPotential>({
    format: 'MarketPotential',
    // One estimator: which foretells masked spend best depends on how chance deals the rows into folds.
    fit: (data, weights) => fitMarketPotential(withAmount(data), { spend: 'amount', features: ['age', 'visits', 'plan', 'active'], estimators: ['quantile'], ...(weights && { weights }) }),
    fromJSON: (json) => MarketPotential.fromJSON(json),
    predict: (potential, data) => potential.predict(data, { prospects: true }).potential,
    predictRow: (potential, row) => potential.predictRow(row, { prospects: true }).potential,
    predictCaller: 'MarketPotential.predict',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
  model<KnownWallets>({
    format: 'KnownWallets',
    // The age stands for the wallet: known of most, and above the visits.
    fit: (data) => fitKnownWallets(data, { spend: 'visits', wallet: 'age', features: ['plan', 'active'], belowSpend: 'raise' }),
    fromJSON: (json) => KnownWallets.fromJSON(json),
    predict: (wallets, data) => wallets.predict(data).wallet,
    predictRow: (wallets, row) => wallets.predictRow(row).wallet,
    predictCaller: 'KnownWallets.predict',
    isProbability: false,
    hasTarget: false,
    // Intervals and folds count known wallets, whatever their weight.
    takesWeights: false,
  }),
  model<LinePotential>({
    format: 'LinePotential',
    // One line, which its total agrees with: how far each gives way depends on how chance deals the rows into folds.
    fit: (data, weights) => fitLinePotential(withAmount(data), { lines: { only: 'amount' }, features: ['age', 'visits', 'plan', 'active'], estimators: ['quantile'], ...(weights && { weights }) }),
    fromJSON: (json) => LinePotential.fromJSON(json),
    predict: (lines, data) => lines.predict(data, { prospects: true }).perLine[0]!.potential,
    predictCaller: 'MarketPotential.predict',
    isProbability: false,
    hasTarget: false,
    takesWeights: true,
  }),
];
