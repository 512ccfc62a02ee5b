import { expect, it } from 'vitest';
import { fitNearestPeers } from '../../src/learners/peers/fitNearestPeers.js';
import { describeWithShared, readCsv } from './shared.js';

const FILE = 'data/potential/wholesale_customers.csv';
const AMOUNTS = ['Fresh', 'Milk', 'Grocery', 'Frozen', 'Detergents_Paper', 'Delicatessen'];

/** scikit-learn 1.9.1, StandardScaler and NearestNeighbors(n_neighbors=4): rows and distances of the first two rows; sums over all 440. */
const REFERENCE = {
  euclidean: {
    rows: [0, 5, 281, 82, 1, 244, 82, 396],
    distances: [0, 0.4609850141186412, 0.4974679561043056, 0.5831852782054019, 0, 0.34363739006378013, 0.4304815280302654, 0.43131992746225434],
    sumOfDistances: 851.7061625814113,
    sumOfRows: 290077,
  },
  manhattan: {
    rows: [0, 5, 281, 108, 1, 244, 415, 396],
    distances: [0, 1.021658736962166, 1.0364171221016583, 1.1920475763161846, 0, 0.695073561239688, 0.7810501368885545, 0.8754327076767898],
    sumOfDistances: 1607.277173844243,
    sumOfRows: 291554,
  },
} as const;

describeWithShared('nearest peers against scikit-learn', [FILE], () => {
  it.each(['euclidean', 'manhattan'] as const)('%s: the same rows, distances to a relative 1e-12', (metric) => {
    const rows = readCsv(FILE).map((row) => Object.fromEntries(AMOUNTS.map((name) => [name, Number(row[name])])));
    const { rows: peers, distances } = fitNearestPeers(rows, { metric, peers: 4 }).peersOf(rows);
    const expected = REFERENCE[metric];
    expect(Array.from(peers.subarray(0, 8))).toEqual(expected.rows);
    expected.distances.forEach((distance, i) => expect(Math.abs(distances[i]! - distance)).toBeLessThanOrEqual(1e-12 * distance));
    expect(distances.reduce((sum, distance) => sum + distance, 0)).toBeCloseTo(expected.sumOfDistances, 8);
    expect(peers.reduce((sum, row, i) => sum + (i % 4 > 0 ? row : 0), 0)).toBe(expected.sumOfRows);
  });
});
