import { expect, it } from 'vitest';
import { runDemo } from '../../examples/quickstart/runDemo.mjs';
import { describeWithShared, sharedPath } from './shared.js';

async function demo(...argv: readonly string[]): Promise<string> {
  const printed: string[] = [];
  const complained: string[] = [];
  const code = await runDemo([sharedPath('data', argv[0]!), ...argv.slice(1)], { print: (text) => printed.push(text), complain: (text) => complained.push(text) });
  expect({ code, complained }).toEqual({ code: 0, complained: [] });
  const flat = printed.join('\n').replace(/\s+/g, ' ');
  expect(flat).not.toMatch(/NaN|undefined|Infinity/);
  expect(flat).toMatch(/Contact \d[\d,]* of \d[\d,]* customers, those from/);
  expect(flat).toMatch(/The first 8, and why:/);
  expect(flat).toMatch(/<- the ideal target/);
  return flat;
}

/** The AUC a run reports, out of sample. */
function auc(flat: string): number {
  return Number(/AUC (0\.\d+)/.exec(flat)?.[1]);
}

/** Lift of the best group. */
function lift(flat: string): number {
  return Number(/1 [\d,]+ [\d,]+ [\d.]+ % ([\d.]+) ×/.exec(flat)?.[1]);
}

// The bands are around the out-of-sample figures of the peers in ../shared/notes/scoring.md (section 4.3) for logistic models of these data.
describeWithShared('npm run demo on real files of customers', ['data/churn/telco_customer_churn.csv', 'data/scoring/bank.csv', 'data/scoring/bank-additional-full.csv', 'data/scoring/hillstrom.csv'], () => {
  it('finds who leaves in the Telco data', async () => {
    const flat = await demo('churn/telco_customer_churn.csv');
    for (const note of ['target: Churn (guessed)', 'positive: Churn = Yes (guessed)', 'customer: customerID (guessed)', 'Learnt from 7,043 customers, 1,869 of them positive']) expect(flat).toContain(note);
    expect(auc(flat)).toBeGreaterThan(0.84);
    expect(auc(flat)).toBeLessThan(0.852);
    expect(lift(flat)).toBeGreaterThan(2.7);
    expect(flat).toMatch(/Contract = Month-to-month 100 %/);
  });

  it('reads semicolons in the small bank file, and warns of the length of the call', async () => {
    const flat = await demo('scoring/bank.csv', '--contact-cost', '2', '--benefit', '50');
    expect(flat).toMatch(/cells separated by ";"/);
    expect(flat).toMatch(/Mind: ranking by one column alone goes far: duration \(AUC 0\.82\)/);
    expect(flat).toMatch(/A contact pays from a probability of 4\.0 %/);
    expect(auc(flat)).toBeGreaterThan(0.87);
  }, 120_000);

  it('scores the full bank file without the length of the call', async () => {
    const flat = await demo('scoring/bank-additional-full.csv', '--exclude', 'duration');
    expect(flat).toContain('Learnt from 41,188 customers, 4,640 of them positive (11.3 %)');
    expect(auc(flat)).toBeGreaterThan(0.78);
    expect(auc(flat)).toBeLessThan(0.81);
  }, 240_000);

  it('leaves out what follows the visit in the Hillstrom data', async () => {
    const flat = await demo('scoring/hillstrom.csv', '--contact-cost', '1', '--benefit', '6');
    expect(flat).toContain('left out conversion, spend: known only after the outcome');
    expect(flat).toContain('Learnt from 64,000 customers, 9,394 of them positive (14.7 %)');
    expect(auc(flat)).toBeGreaterThan(0.64);
    expect(auc(flat)).toBeLessThan(0.655);
    expect(flat).toMatch(/A contact pays from a probability of 16\.7 %/);
  }, 240_000);
});

describeWithShared('npm run demo on real files of transactions', ['data/lifetime/cdnow_master.csv'], () => {
  it('segments the customers of CDNOW and scores who buys within 60 days', async () => {
    const flat = await demo('lifetime/cdnow_master.csv');
    for (const note of ['customer: customer_id (guessed)', 'time: date (guessed)', 'amount: dollar_value (guessed)', '69,659 transactions of 23,570 customers', 'from 1997-01-01 to 1998-06-30; looked at as of 1998-07-01']) expect(flat).toContain(note);
    expect(flat).toMatch(/champions 4,134 17\.6 %/);
    expect(flat).toMatch(/how likely is "buys within 60 days"/);
    expect(flat).toMatch(/The figures come from the latest of them, from 1998-0\d-\d\d on/);
    expect(auc(flat)).toBeGreaterThan(0.78);
    expect(auc(flat)).toBeLessThan(0.86);
  }, 120_000);
});
