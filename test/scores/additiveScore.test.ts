import { describe, expect, it } from 'vitest';
import { fitTargetScore } from '../../src/scores/fitTargetScore.js';
import { TargetScore } from '../../src/scores/targetScore.js';
import { customers } from '../contract/customers.js';

const rows = customers(600, 5);
const score = fitTargetScore(rows, { target: 'bought', methods: ['logistic', 'additive'] });

describe('a score by an additive logistic regression', () => {
  it('is tried where it is named, and only there', () => {
    expect(score.report.tried.map(({ method }) => method).filter((method) => method === 'additive')).toHaveLength(1);
    expect(fitTargetScore(rows, { target: 'bought', ridge: 1 }).report.tried).toEqual([]);
  });

  it('explains itself, names what it never saw, and travels as JSON', () => {
    const additive = fitTargetScore(rows, { target: 'bought', methods: ['additive'] });
    expect(additive.report.method).toBe('additive');
    expect(additive.explain(rows[0]!)[0]!.text).toMatch(/odds/);
    expect(additive.unseen([{ ...rows[0]!, plan: 'platinum', visits: null }]).map(({ column }) => column).sort()).toEqual(['plan', 'visits']);
    expect(additive.unseen([{ ...rows[0]!, age: null }])).toEqual([]);
    const read = TargetScore.fromJSON(JSON.parse(JSON.stringify(additive)));
    expect(read.predict(rows)).toEqual(additive.predict(rows));
  });
});
