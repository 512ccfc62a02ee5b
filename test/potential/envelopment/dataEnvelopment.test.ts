import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/numeric/random.js';
import { Frame } from '../../../src/data/frame.js';
import { dataEnvelopment } from '../../../src/potential/envelopment/dataEnvelopment.js';
import type { EnvelopmentOptions } from '../../../src/potential/envelopment/envelopmentOptions.js';
import { errorCode } from '../../errorCode.js';

const BRANCHES = { name: ['A', 'B', 'C', 'D', 'E'], staff: [2, 4, 8, 4, 8], sales: [20, 60, 80, 30, 60] };
const ONE = { inputs: ['staff'], outputs: ['sales'] } as const;

describe('dataEnvelopment', () => {
  it('gives the scores, targets and named peers that can be read off a drawing', () => {
    const result = dataEnvelopment(BRANCHES, { ...ONE, unit: 'name' });
    expect([...result.scores]).toEqual([1, 1, 1, 2, 80 / 60]);
    expect([...result.efficiencies]).toEqual([1, 1, 1, 0.5, 0.75]);
    expect(result.statuses).toEqual(['efficient', 'efficient', 'efficient', 'inefficient', 'inefficient']);
    expect([...result.targetInputs]).toEqual([2, 4, 8, 4, 8]);
    expect([...result.targetOutputs]).toEqual([20, 60, 80, 60, 80]);
    expect(result.peers).toEqual([
      [{ row: 0, unit: 'A', intensity: 1 }],
      [{ row: 1, unit: 'B', intensity: 1 }],
      [{ row: 2, unit: 'C', intensity: 1 }],
      [{ row: 1, unit: 'B', intensity: 1 }],
      [{ row: 2, unit: 'C', intensity: 1 }],
    ]);
    expect(result.benchmarks).toEqual([{ row: 1, unit: 'B', count: 1 }, { row: 2, unit: 'C', count: 1 }]);
    expect(result.units).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(result.infeasible).toEqual([]);
  });

  it('mixes peers: half of each of two neighbours', () => {
    const { scores, peers } = dataEnvelopment({ staff: [2, 4, 3], sales: [20, 60, 20] }, ONE);
    expect(scores[2]).toBeCloseTo(2, 12);
    expect(peers[2]!.map(({ row }) => row)).toEqual([0, 1]);
    peers[2]!.forEach(({ intensity, unit }) => {
      expect(intensity).toBeCloseTo(0.5, 12);
      expect(unit).toBeNull();
    });
  });

  it.each([
    ['constant', [1.5, 1, 1.5, 2, 2]],
    ['increasing', [1, 1, 1.5, 2, 2]],
    ['decreasing', [1.5, 1, 1, 2, 4 / 3]],
    ['freeDisposal', [1, 1, 1, 2, 4 / 3]],
  ] as const)('with %s returns allows just these mixes', (returns, expected) => {
    const { scores } = dataEnvelopment(BRANCHES, { ...ONE, returns });
    expected.forEach((score, i) => expect(scores[i]).toBeCloseTo(score, 12));
  });

  it.each([
    ['constant', [2 / 3, 1, 2 / 3, 0.5, 0.5]],
    ['variable', [1, 1, 1, 0.625, 0.5]],
    ['increasing', [1, 1, 2 / 3, 0.625, 0.5]],
    ['decreasing', [2 / 3, 1, 1, 0.5, 0.5]],
    ['freeDisposal', [1, 1, 1, 1, 0.5]],
  ] as const)('by inputs asks with how much less, %s returns', (returns, expected) => {
    const { scores } = dataEnvelopment(BRANCHES, { ...ONE, returns, orientation: 'input' });
    expected.forEach((score, i) => expect(scores[i]).toBeCloseTo(score, 12));
  });

  it.each(['variable', 'freeDisposal'] as const)('tells a unit on the edge of the frontier by its slacks, %s returns', (returns) => {
    const data = { hours: [2, 2, 4], cars: [1, 3, 1], calls: [10, 10, 10] };
    const options: EnvelopmentOptions<'hours' | 'cars' | 'calls'> = { inputs: ['hours', 'cars'], outputs: ['calls'], returns };
    const result = dataEnvelopment(data, options);
    expect(result.statuses).toEqual(['efficient', 'weaklyEfficient', 'weaklyEfficient']);
    expect([...result.inputSlacks]).toEqual([0, 0, 0, 2, 2, 0]);
    expect([...result.outputSlacks]).toEqual([0, 0, 0]);
    expect([...result.targetInputs]).toEqual([2, 1, 2, 1, 2, 1]);
    const radial = dataEnvelopment(data, { ...options, slacks: false });
    expect(radial.statuses).toEqual(['efficient', 'efficient', 'efficient']);
    expect([...radial.targetInputs]).toEqual([2, 1, 2, 3, 4, 1]);
  });

  it('takes frames, rows, columns and typed arrays alike, and leaves them as they are', () => {
    const rows = BRANCHES.staff.map((staff, i) => Object.freeze({ name: BRANCHES.name[i]!, staff, sales: BRANCHES.sales[i]! }));
    const expected = dataEnvelopment(BRANCHES, { ...ONE, unit: 'name' });
    expect(dataEnvelopment(Object.freeze(rows), { ...ONE, unit: 'name' })).toEqual(expected);
    expect(dataEnvelopment(Frame.fromRows(rows), { ...ONE, unit: 'name' })).toEqual(expected);
    const typed = { staff: Float64Array.from(BRANCHES.staff), sales: Float32Array.from(BRANCHES.sales) };
    expect(dataEnvelopment(typed, ONE).scores).toEqual(expected.scores);
    expect([...typed.staff]).toEqual(BRANCHES.staff);
  });
});

describe('dataEnvelopment with superEfficiency', () => {
  const options = { ...ONE, superEfficiency: true, unit: 'name' } as const;

  it('ranks the efficient, leaves the others as they were, and says whom nobody reaches', () => {
    const result = dataEnvelopment(BRANCHES, { ...options, orientation: 'input' });
    const plain = dataEnvelopment(BRANCHES, { ...ONE, orientation: 'input' });
    expect(result.scores[0]).toBe(2);
    expect(result.scores[1]).toBeCloseTo(6 / 4, 12);
    expect(result.scores[2]).toBeNaN();
    expect([...result.scores.slice(3)]).toEqual([...plain.scores.slice(3)]);
    expect(result.statuses).toEqual(['efficient', 'efficient', 'infeasible', 'inefficient', 'inefficient']);
    expect(result.infeasible).toEqual([2]);
    expect(result.peers[2]).toEqual([]);
    expect(result.targetInputs[2]).toBeNaN();
    expect(result.efficiencies[2]).toBeNaN();
  });

  it.each(['variable', 'constant', 'freeDisposal'] as const)('finds a twin as good, %s returns', (returns) => {
    const { scores, statuses } = dataEnvelopment({ staff: [2, 2], sales: [5, 5] }, { ...ONE, superEfficiency: true, returns });
    expect([...scores]).toEqual([1, 1]);
    expect(statuses).toEqual(['efficient', 'efficient']);
  });

  it.each(['constant', 'variable', 'increasing', 'decreasing', 'freeDisposal'] as const)('reports a unit alone as infeasible, %s returns', (returns) => {
    for (const orientation of ['input', 'output'] as const) {
      const { infeasible, statuses } = dataEnvelopment({ staff: [2], sales: [5] }, { ...ONE, superEfficiency: true, returns, orientation });
      expect(infeasible).toEqual([0]);
      expect(statuses).toEqual(['infeasible']);
    }
  });

  it('reports who brings what nobody else brings as infeasible', () => {
    const data = { x: [1, 1, 1], y: [1, 2, 1], z: [0, 0, 3] };
    for (const returns of ['constant', 'variable', 'increasing', 'decreasing', 'freeDisposal'] as const) {
      for (const orientation of ['input', 'output'] as const) {
        const { infeasible } = dataEnvelopment(data, { inputs: ['x'], outputs: ['y', 'z'], superEfficiency: true, returns, orientation });
        expect(infeasible).toContain(2);
      }
    }
  });
});

describe('dataEnvelopment against a reference', () => {
  const known = { name: ['A', 'B'], staff: [2, 4], sales: [20, 60] };

  it('measures new units against known ones, also beyond them', () => {
    const result = dataEnvelopment({ name: ['new', 'better', 'small'], staff: [4, 4, 1], sales: [30, 120, 1] }, { ...ONE, unit: 'name', reference: known });
    expect(result.units).toEqual(['new', 'better', 'small']);
    expect(result.scores[0]).toBe(2);
    expect(result.scores[1]).toBe(0.5);
    expect(result.efficiencies[1]).toBe(2);
    expect(result.statuses).toEqual(['inefficient', 'efficient', 'infeasible']);
    expect(result.peers[0]).toEqual([{ row: 1, unit: 'B', intensity: 1 }]);
    expect(result.benchmarks).toEqual([{ row: 1, unit: 'B', count: 2 }]);
  });

  it('scores many against few as it scores one', () => {
    const many = { staff: [4, 3, 2, 5, 2.5], sales: [30, 10, 10, 20, 3] };
    const all = dataEnvelopment(many, { ...ONE, reference: known });
    many.staff.forEach((staff, i) => {
      const alone = dataEnvelopment([{ staff, sales: many.sales[i]! }], { ...ONE, reference: known });
      expect(alone.scores[0]).toBeCloseTo(all.scores[i]!, 12);
      expect([...alone.inputSlacks]).toEqual([expect.closeTo(all.inputSlacks[i]!, 12)]);
    });
  });
});

describe('dataEnvelopment and zeros', () => {
  it('by outputs measures who brings nothing towards the most that could be brought', () => {
    for (const [returns, target] of [['variable', 60], ['constant', 60], ['increasing', 60], ['decreasing', 60], ['freeDisposal', 60]] as const) {
      const result = dataEnvelopment({ staff: [2, 4, 4], sales: [20, 60, 0] }, { ...ONE, returns });
      expect(result.scores[2]).toBe(Infinity);
      expect(result.efficiencies[2]).toBe(0);
      expect(result.statuses[2]).toBe('inefficient');
      expect(result.targetOutputs[2]).toBeCloseTo(target, 10);
    }
  });

  it('finds no fault with who brings nothing where nobody like it brings anything', () => {
    for (const returns of ['variable', 'constant', 'increasing', 'decreasing', 'freeDisposal'] as const) {
      const result = dataEnvelopment({ a: [1, 0], b: [0, 1], y: [0, 3] }, { inputs: ['a', 'b'], outputs: ['y'], returns });
      expect([...result.scores]).toEqual([1, 1]);
      expect(result.infeasible).toEqual([]);
      expect(result.targetOutputs[0]).toBe(0);
    }
  });

  it('by inputs takes single zeros, and shrinks who brings nothing to nothing where it may be scaled', () => {
    const data = { a: [1, 0, 2], b: [1, 2, 2], y: [1, 1, 0] };
    const options = { inputs: ['a', 'b'], outputs: ['y'], orientation: 'input' } as const;
    expect([...dataEnvelopment(data, { ...options, returns: 'constant' }).scores]).toEqual([1, 1, 0]);
    expect(dataEnvelopment(data, { ...options, returns: 'constant' }).peers[2]).toEqual([]);
    expect([...dataEnvelopment(data, options).scores]).toEqual([1, 1, expect.closeTo(1 / 2, 12)]);
  });

  it('bears a column of nothing but zeros, and constant columns', () => {
    const { scores } = dataEnvelopment({ one: [1, 1, 1], none: [0, 0, 0], y: [2, 4, 1], nil: [0, 0, 0] }, { inputs: ['one', 'none'], outputs: ['y', 'nil'] });
    expect([...scores]).toEqual([2, 1, 4]);
  });

  it('bears columns of 1e9 beside columns of 1e-6', () => {
    const wide = { income: BRANCHES.staff.map((x) => x * 1e9), sales: BRANCHES.sales.map((x) => x * 1e-6) };
    const { scores, certificate } = dataEnvelopment(wide, { inputs: ['income'], outputs: ['sales'] });
    [1, 1, 1, 2, 4 / 3].forEach((score, i) => expect(scores[i]).toBeCloseTo(score, 12));
    expect(certificate.gap).toBeLessThan(1e-12);
  });

  it('bears units of 1e9 beside units of 1e-6', () => {
    const wide = { staff: [2e-6, 4e-6, 4e-6, 2e9, 4e9], sales: [1e-6, 4e-6, 1e-6, 1e9, 4e9] };
    const { scores } = dataEnvelopment(wide, { ...ONE, returns: 'constant' });
    [2, 1, 4, 2, 1].forEach((score, i) => expect(scores[i]).toBeCloseTo(score, 9));
  });

  it('finds a unit alone efficient', () => {
    for (const returns of ['variable', 'constant', 'increasing', 'decreasing', 'freeDisposal'] as const) {
      expect([...dataEnvelopment({ staff: [3], sales: [5] }, { ...ONE, returns }).scores]).toEqual([1]);
    }
  });
});

describe('dataEnvelopment and bad input', () => {
  const call = (data: unknown, options: unknown) => () => dataEnvelopment(data as typeof BRANCHES, options as EnvelopmentOptions<'staff' | 'sales'>);
  it.each([
    ['EMPTY_INPUT', { staff: [], sales: [] }, ONE, 'dataEnvelopment needs at least one unit, found none'],
    ['MISSING_VALUE', { staff: [1, null], sales: [1, 1] }, ONE, 'dataEnvelopment needs finite amounts of 0 or more, found none in column "staff", row 1; leave such rows out or fill them in'],
    ['MISSING_VALUE', { staff: [1, NaN], sales: [1, 1] }, ONE, 'column "staff", row 1'],
    ['INVALID_VALUE', { staff: [1, 2], sales: [1, -3] }, ONE, 'found -3 in column "sales", row 1; count a loss as an input'],
    ['NON_FINITE_VALUE', { staff: [1, Infinity], sales: [1, 1] }, ONE, 'found Infinity in column "staff", row 1'],
    ['INVALID_VALUE', { staff: [1, 0], sales: [1, 1] }, ONE, 'needs some input above 0 in every row, found only 0 in row 1'],
    ['INVALID_VALUE', { staff: [1, 'many'], sales: [1, 1] }, ONE, '"staff"'],
    ['UNKNOWN_COLUMN', BRANCHES, { ...ONE, inputs: ['stafff'] }, 'did you mean "staff"?'],
    ['UNKNOWN_COLUMN', BRANCHES, { ...ONE, unit: 'nam' }, 'did you mean "name"?'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, outputs: ['staff'] }, 'needs each column once, as an input or as an output, found "staff" again'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, inputs: ['staff', 'staff'] }, 'found "staff" again'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, inputs: [] }, 'needs inputs as an array of names of columns, at least one, found an empty list'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, outputs: 'sales' }, 'needs outputs as an array of names'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, returns: 'vrs' }, 'constant, variable, increasing, decreasing, freeDisposal'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, orientation: 'both' }, 'input, output'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, slack: true }, 'knows no option "slack"'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, slacks: 'yes' }, 'needs slacks as true or false'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, tolerance: 2 }, 'needs tolerance in [0, 1), found 2'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, tolerance: NaN }, 'needs tolerance as a finite number'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, unit: 3 }, 'needs unit as the name of a column'],
    ['INVALID_OPTION', BRANCHES, { ...ONE, superEfficiency: true, reference: BRANCHES }, 'superEfficiency and reference exclude each other'],
    ['INVALID_OPTION', BRANCHES, undefined, 'needs an object of inputs, outputs'],
    ['DUPLICATE_ID', { ...BRANCHES, name: ['A', 'B', 'A', 'C', 'D'] }, { ...ONE, unit: 'name' }, 'needs each unit once, found "A" in rows 0 and 2 of column "name"'],
    ['MISSING_VALUE', { ...BRANCHES, name: ['A', null, 'C', 'D', 'E'] }, { ...ONE, unit: 'name' }, 'found none in column "name", row 1'],
    ['INVALID_VALUE', { ...BRANCHES, name: ['A', {}, 'C', 'D', 'E'] }, { ...ONE, unit: 'name' }, 'needs units named by text or numbers'],
    ['EMPTY_INPUT', BRANCHES, { ...ONE, reference: { staff: [], sales: [] } }, 'dataEnvelopment (reference) needs at least one unit'],
    ['UNKNOWN_COLUMN', BRANCHES, { ...ONE, reference: { staff: [1] } }, 'dataEnvelopment (reference) found no column "sales"'],
    ['INVALID_INPUT', 3, ONE, 'dataEnvelopment needs a Frame'],
  ] as const)('%s: %j with %j', (code, data, options, message) => {
    expect(errorCode(call(data, options))).toBe(code);
    expect(call(data, options)).toThrow(message);
  });

  it('refuses what double precision cannot prove, rather than give it', () => {
    const random = createRandom(3);
    const amounts = (): number[] => Array.from({ length: 98 }, () => 10 ** (random.uniform() * 15 - 6));
    const wild = { a: amounts(), b: amounts(), y: amounts() };
    const run = () => dataEnvelopment(wild, { inputs: ['a', 'b'], outputs: ['y'], returns: 'constant' });
    expect(errorCode(run)).toBe('NOT_IDENTIFIED');
    expect(run).toThrow('amounts within a column are too many orders of magnitude apart');
  });

  it('names units by large whole numbers as text', () => {
    expect(dataEnvelopment({ id: [12n, 13n], staff: [1, 2], sales: [1, 1] }, { ...ONE, unit: 'id' }).units).toEqual(['12', '13']);
  });
});
