import { describe, expect, it } from 'vitest';
import { fitNearestPeers } from '../../../src/learners/peers/fitNearestPeers.js';
import { potentialPeers } from '../../../src/potential/door/potentialPeers.js';

describe('potentialPeers', () => {
  const learnt = [
    { who: 'a', size: 10, plan: 'gold', spend: 40 },
    { who: 'b', size: 11, plan: 'gold', spend: 90 },
    { who: 'c', size: 12, plan: 'basic', spend: 80 },
    { who: 'd', size: 10, plan: 'gold', spend: 500 },
    { who: 'e', size: 30, plan: 'gold', spend: 95 },
  ];
  const finder = fitNearestPeers(learnt, { features: ['size', 'plan'], target: 'spend', customer: 'who' });

  it('are the nearest who spend more than the customer and no more than its wallet, with what separates them', () => {
    const peers = potentialPeers(finder, [4, 5, 6, 7, 8], { size: 10, plan: 'gold' }, 50, 100, 2);
    expect(peers.map(({ customer, row, spend }) => [customer, row, spend])).toEqual([['b', 5, 90], ['c', 6, 80]]);
    expect(peers[0]!.differences).toEqual([{ feature: 'size', value: 10, peerValue: 11, share: 1 }]);
    expect(peers[1]!.differences.map(({ feature }) => feature)).toEqual(['plan', 'size']);
  });

  it('are none where nobody near spends more, and have their own rows where all rows spend', () => {
    expect(potentialPeers(finder, null, { size: 10, plan: 'gold' }, 500, 600, 2)).toEqual([]);
    expect(potentialPeers(finder, null, { size: 10, plan: 'gold' }, 100, 600, 1)[0]!.row).toBe(3);
  });
});
