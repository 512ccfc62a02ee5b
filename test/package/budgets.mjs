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
];
