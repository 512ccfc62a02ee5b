import { describe, expect, it } from 'vitest';
import { Binning } from '../../../src/learners/binning/binning.js';
import { fitBinning } from '../../../src/learners/binning/fitBinning.js';
import { createRandom } from '../../../src/numeric/random.js';
import { errorCode } from '../../errorCode.js';

const random = createRandom(21);
const rows = Array.from({ length: 600 }, (_, i) => {
  const balance = Math.round(1000 * random.normal());
  const plan = ['basic', 'gold', 'family', 'student'][random.integer(4)]!;
  const left = random.uniform() < 1 / (1 + Math.exp(balance / 800 + (plan === 'gold' ? 1 : 0))) ? 'yes' : 'no';
  return { balance: i % 11 === 0 ? null : i % 13 === 0 ? -9999 : balance, plan: i % 19 === 0 ? null : plan, loyal: i % 3 === 0, left };
});
const binning = fitBinning(rows, { target: 'left', special: { balance: [-9999], plan: ['student'] } });

describe('Binning', () => {
  it('encodes by the very numbers of its tables', () => {
    const encoded = binning.encode(rows);
    expect(encoded.length).toBe(rows.length * 3);
    binning.features.forEach((feature, j) => {
      const table = binning.table(feature);
      const places = binning.binOf(rows, feature);
      const counts = table.map(() => ({ rows: 0, events: 0 }));
      rows.forEach((row, i) => {
        expect(encoded[i * 3 + j]).toBe(table[places[i]!]!.woe);
        counts[places[i]!]!.rows++;
        if (row.left === 'yes') counts[places[i]!]!.events++;
      });
      expect(table.map(({ rows: count, events }) => ({ rows: count, events }))).toEqual(counts);
    });
  });

  it('encodes one row as a batch', () => {
    const encoded = binning.encode(rows);
    rows.slice(0, 50).forEach((row, i) => expect(Array.from(binning.encodeRow(row))).toEqual(Array.from(encoded.subarray(i * 3, i * 3 + 3))));
  });

  it('puts a value that is a cut into the bin above, and the smallest and largest into the outer ones', () => {
    const { splits } = fitBinning(rows, { target: 'left', features: ['balance'], splits: { balance: [-500, 0, 500] } }).toJSON().features[0] as { splits: readonly number[] };
    expect(splits).toEqual([-500, 0, 500]);
    const four = fitBinning(rows, { target: 'left', features: ['balance'], splits: { balance: splits } });
    const places = four.binOf({ balance: [-501, -500, -1, -0, 0, 499, 500, 1e300, -1e300, NaN] }, 'balance');
    expect(Array.from(places)).toEqual([0, 1, 1, 2, 2, 2, 3, 3, 0, 4]);
    for (let count = 0; count < 12; count++) {
      const cuts = Array.from({ length: count }, (_, i) => i);
      const several = fitBinning(rows, { target: 'left', features: ['balance'], splits: { balance: cuts } });
      expect(Array.from(several.binOf({ balance: [-1, ...cuts, 99] }, 'balance'))).toEqual([0, ...cuts.map((i) => i + 1), count]);
    }
  });

  it('gives a level that it has never seen, and a missing one where training had none, weight 0', () => {
    const table = binning.table('plan');
    expect(Array.from(binning.binOf([{ plan: 'platinum' }, { plan: null }, { plan: 'student' }], 'plan'))).toEqual([table.length, table.length - 1, table.length - 2]);
    const [balance, , loyal] = binning.encodeRow({ balance: -9999, plan: 'platinum', loyal: null });
    expect(balance).toBe(binning.table('balance').find(({ label }) => label === 'special: -9999')!.woe);
    expect(loyal).toBe(0);
    expect(binning.encodeRow({ balance: 1, plan: 'platinum', loyal: true })[1]).toBe(0);
  });

  it('lists features by what they tell, in words', () => {
    expect(binning.informationValues.map(({ feature }) => feature)).toEqual(['balance', 'plan', 'loyal']);
    const words = (share: number): string => fitBinning(Array.from({ length: 2000 }, (_, i) => ({ x: i % 2, y: Number(i % 200 < 100 + (i % 2 ? share : -share)) })), { target: 'y' }).informationValues[0]!.strength;
    // In each half the rate is 50 % plus or minus the share: information values of 0.0016, 0.058, 0.16, 0.42 and 0.85.
    expect([2, 12, 20, 32, 44].map(words)).toEqual(['none', 'weak', 'medium', 'strong', 'suspicious']);
  });

  it('turns every weight round with the sign, and nothing else', () => {
    const turned = fitBinning(rows, { target: 'left', special: { balance: [-9999], plan: ['student'] }, woeSign: 'nonEventOverEvent' });
    for (const feature of binning.features) {
      expect(turned.table(feature).map(({ woe }) => woe)).toEqual(binning.table(feature).map(({ woe }) => 0 - woe));
      expect(turned.table(feature).map(({ iv }) => iv)).toEqual(binning.table(feature).map(({ iv }) => iv));
    }
    expect(turned.woeSign).toBe('nonEventOverEvent');
  });

  it('is the same after a journey as JSON', () => {
    const back = Binning.fromJSON(JSON.parse(JSON.stringify(binning)));
    expect(back).toEqual(binning);
    expect(back.toJSON()).toEqual(binning.toJSON());
    expect(back.encode(rows)).toEqual(binning.encode(rows));
  });

  it('names a feature it does not have', () => {
    for (const run of [() => binning.table('plans'), () => binning.feature('left'), () => binning.binOf(rows, 'x'), () => binning.encode([{ balance: 1 }])]) expect(errorCode(run)).toBe('UNKNOWN_COLUMN');
    expect(() => binning.table('plans')).toThrow('Binning.table found no column "plans"; did you mean "plan"?');
  });
});
