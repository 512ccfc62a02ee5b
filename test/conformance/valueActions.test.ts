import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { responseBySegment } from '../../src/segmentation/actions/responseBySegment.js';
import { valueActions } from '../../src/segmentation/actions/valueActions.js';
import { rfm } from '../../src/segmentation/rfm/rfm.js';
import { describeWithShared, readCsv } from './shared.js';

const SEGMENTATION = 'data/segmentation/';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

describeWithShared('valueActions on the response of the RFM segments of retail_transactions as of 2015-03-17', [`${SEGMENTATION}retail_transactions.csv`, `${SEGMENTATION}retail_response.csv`], () => {
  const rows = readCsv(`${SEGMENTATION}retail_transactions.csv`).map((row) => {
    const [day, month, year] = row['trans_date']!.split('-');
    return { id: row['customer_id']!, day: Date.UTC(2000 + Number(year), MONTHS.indexOf(month!), Number(day)), amount: row['tran_amount']! };
  });
  const result = rfm(EventLog.fromRows(rows, { customer: 'id', time: 'day', amount: 'amount' }), { asOf: '2015-03-17' });
  const responses = new Map(readCsv(`${SEGMENTATION}retail_response.csv`).map((row) => [row['customer_id'], Number(row['response'])]));
  const contacted = result.customers.map((customer) => responses.get(String(customer)));
  const { promotion } = responseBySegment(
    result.segment,
    contacted.map((answer) => (answer === undefined ? null : 'promotion')),
    contacted,
    { names: result.segments.map(({ name }) => name) },
  );
  const values = valueActions(result.segments, [{ name: 'promotion', contactCost: 1, benefit: 20, history: promotion! }]);

  // Segment, responses, contacts as in the notes; net value of a contact with 95 % ends from the same formulas by mpmath (maximum at 40 digits) and scipy 1.17.
  const expected: readonly (readonly [string, number, number, number, number, number])[] = [
    ['champions', 71, 724, 0.9604571946178384, 0.5511001605011543, 1.4114264309764244],
    ['loyal', 184, 1224, 1.9984513733620028, 1.6106848570691636, 2.407765479789183],
    ['potential loyalists', 46, 931, -0.003249891929720805, -0.2629148343073593, 0.292721401974378],
    ['new', 0, 254, -0.9358275994325329, -0.9994186827914622, -0.7331927686642699],
    ['promising', 1, 253, -0.859225545099543, -0.9862433686575369, -0.5895859595448636],
    ['need attention', 14, 196, 0.44867286769420245, -0.1785189172013838, 1.2344679844950734],
    ['about to sleep', 12, 570, -0.5562954787506421, -0.7639202268052717, -0.2860540767938866],
    ['cannot lose', 81, 268, 4.910838103578641, 3.856907594746345, 6.02183853093524],
    ['at risk', 157, 940, 2.326780189066944, 1.8661672463104892, 2.8140985665000526],
    ['hibernating', 81, 1524, 0.06780839179091624, -0.14603402381450903, 0.303732987235557],
  ];

  it('counts the 6,884 answers of the notes', () => {
    expect(promotion).toEqual(expected.map(([segment, answers, contacts]) => ({ segment, contacts, responses: answers })));
  });

  it('learns the prior of the promotion: 9.45 % worth 8.93 contacts', () => {
    expect(values.priors[0]!.mean).toBeCloseTo(0.09450002408356457, 9);
    expect(values.priors[0]!.strength).toBeCloseTo(8.927340921540882, 6);
  });

  it.each(expected)('%s: %d of %d, net value %d (%d to %d)', (segment, _answers, _contacts, net, lower, upper) => {
    const { netValue } = values.segments.find((line) => line.segment === segment)!.actions[0]!;
    expect(Math.abs(netValue.estimate - net)).toBeLessThan(1e-6);
    expect(Math.abs(netValue.lower - lower)).toBeLessThan(1e-6);
    expect(Math.abs(netValue.upper - upper)).toBeLessThan(1e-6);
  });

  it('champions are not the best to contact, and where there is no evidence it says so', () => {
    const ranked = [...values.segments].sort((a, b) => b.actions[0]!.netValue.estimate - a.actions[0]!.netValue.estimate).map(({ segment }) => segment);
    expect(ranked.slice(0, 4)).toEqual(['cannot lose', 'at risk', 'loyal', 'champions']);
    const named = (verdict: string): string[] => values.segments.filter((line) => line.verdict === verdict).map(({ segment }) => segment);
    expect(named('act')).toEqual(['champions', 'loyal', 'cannot lose', 'at risk']);
    expect(named('test')).toEqual(['potential loyalists', 'need attention', 'hibernating']);
    expect(named('leave')).toEqual(['new', 'promising', 'about to sleep']);
    expect(values.tests.map(({ segment }) => segment)).toEqual(named('test'));
    // The exact binomial test of 5 % against 7.5 %: 713 contacts, and as many held out.
    expect(values.tests.every(({ arms, holdout }) => arms[0]!.contacts === 713 && holdout === 713)).toBe(true);
  });

  it('a budget for 1,000 contacts goes to those who respond most', () => {
    const limited = valueActions(result.segments, [{ name: 'promotion', contactCost: 1, benefit: 20, history: promotion! }], { budget: 1000 });
    const sizes = new Map(result.segments.map(({ name, customers }) => [name, customers]));
    const chosen = limited.segments.filter(({ contacts }) => contacts > 0).map(({ segment, contacts }) => [segment, contacts]);
    expect(chosen).toEqual([['cannot lose', sizes.get('cannot lose')], ['at risk', 1000 - sizes.get('cannot lose')!]]);
  });
});
