import { expect, it } from 'vitest';
import * as segmentation from '../../src/segmentation/index.js';
import { fuzzFolder } from './fuzzFolder.js';

/** Calls every function of these folders with frozen and with hostile arguments, beginning from the calls of their examples. */

interface Tried {
  folder: string;
  exports: object;
  /** No example of the folder's own calls them in a way that can be recorded. */
  untried: readonly string[];
  /** Still end in a TypeError for something; one more or one fewer fails the test. */
  known: readonly string[];
}

const folders: readonly Tried[] = [
  { folder: 'segmentation', exports: segmentation, untried: ['fromMlKMeans'], known: ['adjustedRandIndex', 'alignSegments', 'assignRfm', 'checkRfmSegments', 'concentration', 'fitMiniBatchKMeans', 'normalisedMutualInformation', 'ntile', 'profilePlot', 'quantileCuts', 'rRfm', 'rankFirst', 'responseBySegment', 'rfmGrid', 'segmentMigration', 'updateKMeans'] },
];

it.each(folders)('every function of $folder ends in a value or in a ClientelaError', async ({ folder, exports, untried, known }) => {
  const outcome = await fuzzFolder(folder, exports);
  expect(outcome.untried).toEqual(untried);
  expect(outcome.writing).toEqual([]);
  const fresh = [...outcome.failing].filter(([name]) => !known.includes(name));
  expect(fresh).toEqual([]);
  expect(known.filter((name) => !outcome.failing.has(name)), 'mended: take them off the list').toEqual([]);
});
