import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { bestShares } from '../../../src/segmentation/actions/bestAction.js';
import { contactsToCompare, contactsToProve } from '../../../src/segmentation/actions/testSize.js';
import { beliefOf, learnPrior } from '../../../src/segmentation/actions/responsePrior.js';
import type { SegmentAction, SegmentSize } from '../../../src/segmentation/actions/readActions.js';
import type { ValueActionsOptions } from '../../../src/segmentation/actions/actionValues.js';
import { valueActions } from '../../../src/segmentation/actions/valueActions.js';
import { errorCode } from '../../errorCode.js';

const segments: readonly SegmentSize[] = [
  { name: 'loyal', customers: 500 },
  { name: 'new', customers: 300 },
];
const mail: SegmentAction = {
  name: 'mail',
  contactCost: 1,
  benefit: 20,
  history: [
    { segment: 'loyal', contacts: 1000, responses: 150 },
    { segment: 'new', contacts: 1000, responses: 10 },
  ],
};

describe('valueActions', () => {
  it('by hand: a given prior of 10 % worth 100 contacts and 20 responses of 100 make 15 %, which at 20 a response brings 2 a contact', () => {
    const { segments: [loyal, fresh], priors } = valueActions(segments, [
      { name: 'mail', contactCost: 1, benefit: 20, prior: { mean: 0.1, strength: 100 }, history: [{ segment: 'loyal', contacts: 100, responses: 20 }] },
    ]);
    expect(priors).toEqual([{ action: 'mail', mean: 0.1, strength: 100, origin: 'given' }]);
    expect(loyal!.actions[0]!.response.estimate).toBeCloseTo(0.15, 12);
    expect(loyal!.actions[0]!.netValue.estimate).toBeCloseTo(2, 12);
    expect(loyal).toMatchObject({ verdict: 'act', recommended: 'mail', contacts: 500, cost: 500 });
    expect(loyal!.netValue.estimate).toBeCloseTo(1000, 9);
    // The prior alone: Beta(10, 90), of which scipy says 0.04951087 and 0.16556898 at 2.5 % and 97.5 %.
    expect(fresh!.actions[0]!.response.lower).toBeCloseTo(0.04951087, 7);
    expect(fresh!.actions[0]!.response.upper).toBeCloseTo(0.16556898, 7);
    expect(fresh).toMatchObject({ verdict: 'test', recommended: null, contacts: 0, cost: 0, netValue: { estimate: 0, lower: 0, upper: 0 } });
  });

  it('one segment, one action: the interval is that of its own rate, though the prior was learnt from it too', () => {
    const { segments: [only] } = valueActions([{ name: 'all', customers: 10 }], [{ name: 'mail', contactCost: 1, benefit: 20, history: [{ segment: 'all', contacts: 1000, responses: 100 }] }]);
    const { response } = only!.actions[0]!;
    expect(response.estimate).toBeCloseTo(0.1, 3);
    expect(response.upper - response.lower).toBeCloseTo(2 * 1.96 * Math.sqrt((0.1 * 0.9) / 1000), 3);
  });

  it('says act, test and leave with a reason', () => {
    const { segments: found, tests } = valueActions([...segments, { name: 'lost', customers: 900 }], [mail]);
    expect(found.map(({ verdict }) => verdict)).toEqual(['act', 'leave', 'test']);
    expect(found[0]!.reason).toMatch(/^mail is worth 1\.\d+ a contact \(1\.\d+ to 2\.\d+\), best with probability 1\.00$/);
    expect(found[1]!.reason).toMatch(/^no action pays: mail is worth -0\.\d+ a contact/);
    expect(found[2]!.reason).toMatch(/^no evidence: mail is worth .* which includes 0$/);
    expect(tests.map(({ segment }) => segment)).toEqual(['lost']);
    expect(tests[0]!.arms).toEqual([{ action: 'mail', contacts: contactsToProve(0.05, 0.075, 0.025, 0.8), question: 'does it pay' }]);
    expect(tests[0]).toMatchObject({ holdout: tests[0]!.arms[0]!.contacts, customers: 900 });
    expect(tests[0]!.fits).toBe(2 * tests[0]!.arms[0]!.contacts <= 900);
  });

  it('an action without history is never recommended, gets the mean of the others worth two contacts, and a test', () => {
    const { priors, segments: [loyal], tests } = valueActions(segments, [mail, { name: 'call', contactCost: 5, benefit: 400 }]);
    expect(priors[1]).toEqual({ action: 'call', mean: priors[0]!.mean, strength: 2, origin: 'vague' });
    expect(loyal!.actions[1]!.evidence).toBe('none');
    expect(loyal!.recommended).toBe('mail');
    expect(loyal!.actions[0]!.bestProbability).toBeLessThan(0.8);
    expect(tests[0]!.arms.map(({ action, question }) => [action, question])).toEqual([
      ['mail', 'is it best'],
      ['call', 'does it pay'],
    ]);
    expect(valueActions(segments, [{ name: 'call', contactCost: 5, benefit: 40 }]).priors[0]!.mean).toBe(0.5);
  });

  it('two actions that both pay and cannot be told apart are tested against each other', () => {
    const { tests, segments: [loyal] } = valueActions([segments[0]!], [
      { ...mail, history: [mail.history![0]!] },
      { ...mail, name: 'letter', history: [{ segment: 'loyal', contacts: 900, responses: 140 }] },
    ]);
    expect(loyal!.recommended).toBe('letter');
    expect(tests[0]!.arms.map(({ question }) => question)).toEqual(['is it best', 'is it best']);
    expect(tests[0]!.arms[0]!.contacts).toBe(tests[0]!.arms[1]!.contacts);
    expect(valueActions([segments[0]!], [{ ...mail, history: [mail.history![0]!] }]).tests).toEqual([]);
  });

  it('what costs nothing pays, what brings nothing loses', () => {
    const { segments: [loyal], tests } = valueActions([segments[0]!], [
      { name: 'post', contactCost: 0, benefit: 1 },
      { name: 'nothing back', contactCost: 1, benefit: 0 },
    ]);
    expect(loyal!.actions.map(({ evidence }) => evidence)).toEqual(['pays', 'loses']);
    expect(loyal!.actions[1]!.bestProbability).toBe(0);
    expect(loyal).toMatchObject({ recommended: 'post', cost: 0, contacts: 500 });
    expect(tests).toEqual([]);
  });

  it('costs and benefits may differ by segment', () => {
    const { segments: found } = valueActions(segments, [{ ...mail, contactCost: { loyal: 1, new: 0.05 }, benefit: { loyal: 20, new: 30 } }]);
    expect(found.map(({ verdict }) => verdict)).toEqual(['act', 'act']);
    expect(found[1]!.actions[0]!.netValue.estimate).toBeCloseTo(found[1]!.actions[0]!.response.estimate * 30 - 0.05, 12);
  });

  it('adds up several campaigns of one segment, and the order of the history does not matter', () => {
    const split = [...mail.history!.map((line) => ({ ...line, contacts: line.contacts - 1, responses: line.responses - 1 })), ...mail.history!.map((line) => ({ ...line, contacts: 1, responses: 1 }))];
    expect(valueActions(segments, [{ ...mail, history: split.reverse() }])).toEqual(valueActions(segments, [mail]));
  });

  it('spends a budget where it returns most, a capacity where a contact does', () => {
    const cheap = { name: 'mail', contactCost: { loyal: 1, new: 4 }, benefit: { loyal: 20, new: 60 }, history: [0, 1].map((i) => ({ segment: segments[i]!.name, contacts: 5000, responses: 1000 })) };
    const within = (options: ValueActionsOptions): number[] => valueActions(segments, [cheap], options).segments.map(({ contacts }) => contacts);
    expect(within({})).toEqual([500, 300]);
    expect(within({ budget: 550 })).toEqual([500, 12]);
    expect(within({ capacity: 400 })).toEqual([100, 300]);
    expect(within({ budget: 550, capacity: 505 })).toEqual([500, 5]);
    expect(within({ budget: 0 })).toEqual([0, 0]);
    const { contacts, cost, netValue, segments: lines } = valueActions(segments, [cheap], { budget: 550 });
    expect([contacts, cost]).toEqual([512, 548]);
    expect(netValue).toBeCloseTo(500 * lines[0]!.actions[0]!.netValue.estimate + 12 * lines[1]!.actions[0]!.netValue.estimate, 9);
    expect(valueActions(segments.map((segment) => ({ ...segment, customers: 3 })), [{ ...cheap, contactCost: 0.1 }], { budget: 0.3 }).contacts).toBe(3);
  });

  it('gives plain data: the same after JSON, and frozen input passes', () => {
    const frozen = JSON.parse(JSON.stringify([mail, { name: 'call', contactCost: 5, benefit: 400 }]), (_, value: unknown) => Object.freeze(value)) as SegmentAction[];
    const result = valueActions(segments, frozen);
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('refuses what cannot be', () => {
    const call = (change: Partial<SegmentAction>, list: readonly unknown[] = segments, options: object = {}): (() => unknown) => () => valueActions(list as readonly SegmentSize[], [{ ...mail, ...change }], options);
    const history = (line: object): Partial<SegmentAction> => ({ history: [{ segment: 'loyal', contacts: 5, responses: 1, ...line }] });
    expect(errorCode(() => valueActions([], [mail]))).toBe('EMPTY_INPUT');
    expect(errorCode(() => valueActions(segments, []))).toBe('EMPTY_INPUT');
    expect(errorCode(() => valueActions(segments, [mail, mail]))).toBe('DUPLICATE_ID');
    expect(errorCode(call({}, [...segments, segments[0]!]))).toBe('DUPLICATE_ID');
    expect(call(history({ segment: 'lost' }))).toThrow('valueActions found segment "lost" in a history but not among the segments; they are loyal, new');
    expect(errorCode(call(history({ segment: 'lost' })))).toBe('UNKNOWN_ID');
    expect(call(history({ responses: 6 }))).toThrow('valueActions found responses 6 at index 0; it must be at most the contacts, 5');
    for (const line of [{ contacts: -1 }, { contacts: 2.5 }, { contacts: NaN }, { responses: -1 }, { responses: NaN }]) expect(errorCode(call(history(line)))).toBe('INVALID_VALUE');
    for (const customers of [-1, NaN, 0.5, '3']) expect(errorCode(call({}, [{ name: 'loyal', customers }]))).toBe('INVALID_VALUE');
    for (const name of ['', 3, undefined]) expect(errorCode(call({}, [{ name, customers: 1 }]))).toBe('INVALID_VALUE');
    for (const change of [{ contactCost: -1 }, { benefit: NaN }, { benefit: { loyal: 3 } }, { prior: { mean: 0, strength: 2 } }, { prior: { mean: 0.1, strength: Infinity } }, { history: 3 }, { costs: 3 }]) {
      expect(errorCode(call(change as Partial<SegmentAction>))).toBe('INVALID_OPTION');
    }
    for (const options of [{ confidence: 1 }, { certainty: 0 }, { power: 2 }, { detect: 0 }, { detect: Infinity }, { budget: -1 }, { capacity: NaN }, { bugdet: 3 }]) expect(errorCode(call({}, segments, options))).toBe('INVALID_OPTION');
  });

  const story = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true })), { minLength: 1, maxLength: 6 });

  it('shrinks every rate towards the prior, never past it, and the probabilities add up to 1', () => {
    fc.assert(
      fc.property(story, story, fc.double({ min: 0.1, max: 50, noNaN: true }), (first, second, benefit) => {
        const sizes = first.map((_, s) => ({ name: `s${s}`, customers: 10 }));
        const action = (name: string, cells: typeof first): SegmentAction => ({
          name,
          contactCost: 1,
          benefit,
          history: cells.slice(0, sizes.length).map(([contacts, share], s) => ({ segment: `s${s}`, contacts, responses: Math.round(contacts * share) })),
        });
        const { segments: found, priors } = valueActions(sizes, [action('a', first), action('b', second)]);
        for (const { actions, nothingBestProbability } of found) {
          expect(actions.reduce((sum, { bestProbability }) => sum + bestProbability, nothingBestProbability)).toBeCloseTo(1, 9);
          actions.forEach(({ contacts, responses, response: { estimate, lower, upper } }, a) => {
            const ends = [priors[a]!.mean, contacts === 0 ? priors[a]!.mean : responses / contacts].sort((x, y) => x - y);
            expect(estimate).toBeGreaterThanOrEqual(ends[0]! - 1e-9);
            expect(estimate).toBeLessThanOrEqual(ends[1]! + 1e-9);
            expect(lower).toBeLessThan(upper);
          });
        }
      }),
      { seed: 20261122, numRuns: 40 },
    );
  });
});

describe('learnPrior and beliefOf', () => {
  it('the more alike the segments, the stronger the prior', () => {
    const alike = learnPrior([10, 11, 9, 10, 10].map((responses) => ({ contacts: 100, responses })));
    const unlike = learnPrior([1, 30, 5, 20, 2].map((responses) => ({ contacts: 100, responses })));
    expect(alike.mean).toBeCloseTo(0.1, 2);
    expect(alike.strength).toBeGreaterThan(10 * unlike.strength);
  });

  it('nobody answering is no proof of 0, everybody answering none of 1', () => {
    for (const contacts of [1, 10, 254, 100_000]) {
      const { mean } = learnPrior([{ contacts, responses: 0 }]);
      expect(mean).toBeGreaterThan(0.2 / contacts);
      expect(mean).toBeLessThan(1.5 / (contacts + 2));
      expect(learnPrior([{ contacts, responses: contacts }]).mean).toBeCloseTo(1 - mean, 9);
    }
  });

  it('recovers the beta distribution that 400 segments were drawn from', () => {
    const random = createRandom(5);
    // Beta(2, 18) as the second smallest of 19 uniform numbers.
    const rate = (): number => Array.from({ length: 19 }, () => random.uniform()).sort((a, b) => a - b)[1]!;
    const seen = Array.from({ length: 400 }, () => {
      const p = rate();
      return { contacts: 200, responses: Array.from({ length: 200 }, () => random.uniform()).filter((u) => u < p).length };
    });
    const { mean, strength } = learnPrior(seen);
    expect(mean).toBeCloseTo(0.1, 2);
    expect(strength / 20).toBeGreaterThan(0.85);
    expect(strength / 20).toBeLessThan(1.18);
  });

  it('intervals hold the truth as often as they say, also in segments without data', () => {
    const random = createRandom(11);
    let [held, total, heldUnseen] = [0, 0, 0];
    const runs = 120;
    for (let run = 0; run < runs; run++) {
      const rates = Array.from({ length: 7 }, () => Array.from({ length: 29 }, () => random.uniform()).sort((a, b) => a - b)[2]!);
      const sizes = rates.map((_, s) => ({ name: String(s), customers: 1 }));
      const history = rates.slice(0, 6).map((p, s) => ({ segment: String(s), contacts: 150, responses: Array.from({ length: 150 }, () => random.uniform()).filter((u) => u < p).length }));
      const { segments: found } = valueActions(sizes, [{ name: 'a', contactCost: 1, benefit: 1, history }]);
      found.forEach(({ actions: [cell] }, s) => {
        const holds = cell!.response.lower <= rates[s]! && rates[s]! <= cell!.response.upper;
        if (s === 6) heldUnseen += Number(holds);
        else [held, total] = [held + Number(holds), total + 1];
      });
    }
    expect(held / total).toBeGreaterThan(0.92);
    expect(held / total).toBeLessThan(0.98);
    expect(heldUnseen / runs).toBeGreaterThan(0.88);
  });

  it('is never vaguer than two contacts', () => {
    expect(beliefOf(learnPrior([{ contacts: 1, responses: 1 }]), { contacts: 0, responses: 0 }).strength).toBeGreaterThanOrEqual(2);
  });
});

describe('bestShares', () => {
  const offer = ([mean, strength, cost, benefit]: readonly [number, number, number, number]) => ({ mean, strength, cost, benefit });

  // scipy.integrate.quad over scipy.stats.beta
  it.each([
    [[[0.1, 100, 1, 20], [0.08, 300, 1, 20]], [0.7131967921960402, 0.28637245842877435, 0.0004307493751858757]],
    [[[0.1, 100, 1, 20], [0.05, 2, 1, 20], [0.2, 40, 3, 20]], [0.44674807184107324, 0.12430265517439693, 0.4241934096403425, 0.004755863344190486]],
    [[[0.3, 2000, 2, 10], [0.31, 100_000, 2, 10], [0.29, 50, 2, 10], [0.02, 30, 0.5, 30]], [0.10115726202765918, 0.48015215031836167, 0.3370592330931893, 0.08163135456078341, 0]],
  ])('agrees with numeric integration by scipy: %j', (offers, expected) => {
    bestShares((offers as [number, number, number, number][]).map(offer)).forEach((share, i) => expect(Math.abs(share - (expected as number[])[i]!)).toBeLessThan(1e-3));
  });

  it('gives equal offers equal shares', () => {
    const [a, b, none] = bestShares([offer([0.1, 100, 1, 20]), offer([0.1, 100, 1, 20])]);
    expect(a).toBeCloseTo(b!, 12);
    expect(a! + b! + none!).toBeCloseTo(1, 12);
  });
});

describe('contactsToProve', () => {
  // The first n for which scipy.stats.binom has a critical value with this power.
  it.each([
    [0.05, 0.075, 0.025, 0.8, 713],
    [0.5, 0.75, 0.025, 0.8, 30],
    [0.5, 0.75, 0.05, 0.9, 33],
    [0.01, 0.015, 0.025, 0.8, 3790],
    [0.8, 0.9, 0.025, 0.8, 107],
  ])('break-even %d against %d, alpha %d, power %d: %d contacts', (breakEven, worth, alpha, power, expected) => {
    expect(contactsToProve(breakEven, worth, alpha, power)).toBe(expected);
  });

  it('compares two means by the textbook formula', () => {
    // (1.96 + 0.8416)^2 x 2 / 0.25
    expect(contactsToCompare(0.5, 2, 0.025, 0.8)).toBe(63);
  });
});
