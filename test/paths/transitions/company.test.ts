import { describe, expect, it } from 'vitest';
import { simulateCompany } from '../../../examples/company/index.mjs';
import { EventLog } from '../../../src/data/eventLog.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { directlyFollows } from '../../../src/paths/transitions/directlyFollows.js';
import { fitMarkovPaths } from '../../../src/paths/transitions/fitMarkovPaths.js';

describe('transitions in a company whose truth is known', () => {
  const { events } = simulateCompany({ customers: 1500, seed: 7, start: '2024-01-01', end: '2026-06-30' });
  const rows = events.map(({ customerId, at, type, item }) => ({ id: customerId, at, item: type === 'contact' ? item : type }));
  const log = EventLog.fromRows(rows, { customer: 'id', time: 'at', item: 'item' }, { observedUntil: '2026-06-30' });
  const journeys = Journeys.fromLog(log, { rename: { purchase: null, campaign: null } });

  it('finds that quotes precede contracts, by 2 to 20 days', () => {
    const { edges, activities } = directlyFollows(journeys);
    const after = edges.filter(({ from }) => from === 'quote');
    const toContract = after.find(({ to }) => to === 'contract')!;
    expect(toContract.n / after.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(0.9);
    expect(toContract.elapsedDays!.max).toBeLessThanOrEqual(20);
    expect(toContract.elapsedDays!.median).toBeGreaterThan(9);
    expect(toContract.elapsedDays!.median).toBeLessThan(12);
    // 60 % of contracts have a quote.
    const count = (name: string): number => activities.find(({ item }) => item === name)!.count;
    expect(Math.abs(count('quote') / count('contract') - 0.6)).toBeLessThan(0.04);
  });

  it('finds that customers leave after complaints, and sooner', () => {
    const model = fitMarkovPaths(journeys, { order: 1, absorbing: ['departure'], ends: 'final' });
    const [complaint, query] = [model.transitionProbability('complaint', 'departure'), model.transitionProbability('query', 'departure')];
    expect(complaint.lower).toBeGreaterThan(query.upper);
    const medianOf = (state: string): number => model.transitions().find(({ from, to }) => from === state && to === 'departure')!.waitDays!.median!;
    expect(medianOf('complaint')).toBeLessThan(60);
    expect(medianOf('query')).toBeGreaterThan(medianOf('complaint'));
    const leaving = (state: string): number => model.absorption([state]).outcomes[0]!.probability;
    expect(leaving('complaint')).toBeGreaterThan(1.2 * leaving('query'));
  });
});
