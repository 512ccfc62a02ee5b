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
  { from: '/learners', names: ['LogisticRegression'], maxGzip: 3000, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  // 9000 was asked for: see docs/decisions/0008.
  { from: '/learners', names: ['fitLogisticRegression'], maxGzip: 15_000, never: [frame, 'evaluation/', ...foreign] },
  { from: '/evaluation', names: ['rocAuc'], maxGzip: 1000, never: [frame, 'learners/', ...foreign] },
  { from: '/data', names: ['Frame'], maxGzip: 8000, never: ['learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['EventLog'], maxGzip: 7700, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['snapshot'], maxGzip: 12_500, never: ['learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['labelOutcome'], maxGzip: 4400, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/data', names: ['fitEncoding', 'Encoding'], maxGzip: 5800, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/evaluation', names: ['gainsTable'], maxGzip: 2900, never: [frame, 'learners/', ...foreign] },
  { from: '/evaluation', names: ['crossValidate'], maxGzip: 8700, never: [frame, 'learners/', ...foreign] },
  { from: '/scoring', names: ['idealTarget'], maxGzip: 4300, never: [frame, 'learners/', 'evaluation/', ...foreign] },
  { from: '/scoring', names: ['TargetScore'], maxGzip: 4400, never: [frame, 'evaluation/', ...fitting, ...foreign] },
  { from: '/scoring', names: ['fitTargetScore'], maxGzip: 34_000, never: foreign },
];
