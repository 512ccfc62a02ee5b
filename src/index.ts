export * from './data/index.js';
export * from './learners/index.js';
export * from './evaluation/index.js';
export * from './segmentation/index.js';
export * from './scoring/index.js';
export * from './response/index.js';
export * from './propensity/index.js';
export * from './paths/index.js';
