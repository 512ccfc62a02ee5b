import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, shuffle } from '../../../src/numeric/random.js';
import { dataEnvelopment } from '../../../src/potential/envelopment/dataEnvelopment.js';
import type { DataEnvelopment } from '../../../src/potential/envelopment/envelopmentResult.js';
import type { ReturnsToScale } from '../../../src/potential/envelopment/envelopmentOptions.js';
import { leastCost, naiveUnit } from './naiveEnvelopment.js';

const PARAMETERS = { seed: 20261122, numRuns: 25 };
const RETURNS = ['constant', 'variable', 'increasing', 'decreasing'] as const;
const ORIENTATIONS = ['input', 'output'] as const;

interface Unit {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Small worlds of whole numbers (ties everywhere), of any numbers, or with zeros; some units twice, some a multiple of another. */
const WORLDS = fc.integer({ min: 1, max: 1e9 }).map((seed): Unit[] => {
  const random = createRandom(seed);
  const [m, s, n] = [1 + random.integer(3), 1 + random.integer(3), 2 + random.integer(8)];
  const kind = random.integer(3);
  const amount = (): number => (kind === 0 ? 1 + random.integer(4) : kind === 1 ? Math.exp(0.8 * random.normal()) : random.uniform() < 0.2 ? 0 : 1 + random.integer(9));
  const some = (length: number): number[] => {
    const amounts = Array.from({ length }, amount);
    return amounts.some((value) => value > 0) ? amounts : amounts.map(() => 1);
  };
  const units = Array.from({ length: n }, (): Unit => ({ x: some(m), y: some(s) }));
  if (random.integer(3) === 0) units.push(units[0]!, { x: units[1]!.x.map((value) => 2 * value), y: units[1]!.y.map((value) => 2 * value) });
  return units;
});

const rowsOf = (units: readonly Unit[]): Record<string, number>[] =>
  units.map(({ x, y }) => Object.fromEntries([...x.map((value, i) => [`x${i}`, value]), ...y.map((value, r) => [`y${r}`, value])]));
const columnsOf = ([{ x, y }]: readonly Unit[] | [Unit]): { inputs: string[]; outputs: string[] } => ({ inputs: x.map((_, i) => `x${i}`), outputs: y.map((_, r) => `y${r}`) });
const envelop = (units: readonly Unit[], options: object = {}): DataEnvelopment => dataEnvelopment(rowsOf(units), { ...columnsOf(units as [Unit]), ...options });
const largest = (units: readonly Unit[]): number[] => [...units[0]!.x.map((_, i) => Math.max(...units.map(({ x }) => x[i]!)) || 1), ...units[0]!.y.map((_, r) => Math.max(...units.map(({ y }) => y[r]!)) || 1)];

function expectNear(a: ArrayLike<number>, b: ArrayLike<number>, tolerance = 1e-8): void {
  expect(a).toHaveLength(b.length);
  for (let i = 0; i < a.length; i++) {
    if (Number.isNaN(b[i])) expect(a[i]).toBeNaN();
    else expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b[i]!)));
  }
}

/** The slacks of a row as one sum, each relative to the largest of its column. */
const slackOf = ({ inputs, outputs, inputSlacks, outputSlacks }: DataEnvelopment, row: number, scales: readonly number[]): number =>
  [...inputSlacks.slice(row * inputs.length, (row + 1) * inputs.length), ...outputSlacks.slice(row * outputs.length, (row + 1) * outputs.length)].reduce((sum, slack, i) => sum + slack / scales[i]!, 0);

describe('the naive programs of the tests', () => {
  it('solve a textbook example, and say when there is no solution', () => {
    // Most of 3a + 5b with a <= 4, 2b <= 12, 3a + 2b <= 18.
    expect(leastCost([[1, 0, 1, 0, 0], [0, 2, 0, 1, 0], [3, 2, 0, 0, 1]], [4, 12, 18], [-3, -5, 0, 0, 0])!.value).toBeCloseTo(-36, 12);
    expect(leastCost([[1, 1]], [-1], [1, 1])).toBeNull();
  });
});

describe('dataEnvelopment', () => {
  it.each(RETURNS)('equals the programs written out in full, %s returns: scores, largest slacks, super-efficiency', (returns) => {
    fc.assert(
      fc.property(WORLDS, (units) => {
        const scales = largest(units);
        for (const orientation of ORIENTATIONS) {
          for (const superEfficiency of [false, true]) {
            const result = envelop(units, { returns, orientation, superEfficiency });
            const naive = units.map((unit, i) => naiveUnit(unit, superEfficiency ? units.filter((_, j) => j !== i) : units, returns, orientation, scales));
            const found = naive.map((one) => (one === null || (orientation === 'output' && one.score < 1e-9) ? NaN : one.score));
            expectNear(result.scores, found);
            expect(result.infeasible).toEqual(found.flatMap((score, i) => (Number.isNaN(score) ? [i] : [])));
            found.forEach((score, i) => {
              if (!Number.isNaN(score)) expect(Math.abs(slackOf(result, i, scales) - naive[i]!.slack)).toBeLessThan(1e-6 * (1 + naive[i]!.slack));
            });
            for (const figure of Object.values(result.certificate)) expect(figure).toBeLessThan(1e-10);
          }
        }
      }),
      { ...PARAMETERS, numRuns: 8 },
    );
  });

  it('equals the programs written out in full against other units', () => {
    fc.assert(
      fc.property(WORLDS, fc.constantFrom(...RETURNS), fc.constantFrom(...ORIENTATIONS), (units, returns, orientation) => {
        const half = units.length >> 1;
        const [some, others] = [units.slice(0, half), units.slice(half)];
        const result = envelop(some, { returns, orientation, reference: rowsOf(others) });
        const scales = largest(units);
        expectNear(result.scores, some.map((unit) => {
          const naive = naiveUnit(unit, others, returns, orientation, scales);
          return naive === null || (orientation === 'output' && naive.score < 1e-9) ? NaN : naive.score;
        }));
      }),
      { ...PARAMETERS, numRuns: 40 },
    );
  });

  it('free disposal equals the best single unit that needs no more and brings no less', () => {
    fc.assert(
      fc.property(WORLDS, (units) => {
        const byOutputs = units.map((unit) => Math.max(...units.filter(({ x }) => x.every((value, i) => value <= unit.x[i]!)).map(({ y }) => Math.min(...y.map((value, r) => (unit.y[r]! > 0 ? value / unit.y[r]! : Infinity))))));
        expectNear(envelop(units, { returns: 'freeDisposal' }).scores, byOutputs, 1e-12);
        const theta = (unit: Unit, { x }: Unit): number => Math.max(...x.map((value, i) => (unit.x[i]! > 0 ? value / unit.x[i]! : value > 0 ? Infinity : 0)));
        const byInputs = units.map((unit) => Math.min(...units.filter(({ y }) => y.every((value, r) => value >= unit.y[r]!)).map((peer) => theta(unit, peer))));
        expectNear(envelop(units, { returns: 'freeDisposal', orientation: 'input' }).scores, byInputs, 1e-12);
      }),
      PARAMETERS,
    );
  });

  it('knows no unit of measurement: any column may be multiplied', () => {
    fc.assert(
      fc.property(WORLDS, fc.array(fc.double({ min: -6, max: 9, noNaN: true }), { minLength: 6, maxLength: 6 }), (units, powers) => {
        const scaled = units.map(({ x, y }) => ({ x: x.map((value, i) => value * 10 ** powers[i]!), y: y.map((value, r) => value * 10 ** powers[3 + r]!) }));
        const [plain, other] = [envelop(units), envelop(scaled)];
        expectNear(other.scores, plain.scores);
        expect(other.statuses).toEqual(plain.statuses);
      }),
      PARAMETERS,
    );
  });

  it('knows no order of the rows', () => {
    fc.assert(
      fc.property(WORLDS, fc.integer({ min: 1, max: 1e6 }), fc.constantFrom<ReturnsToScale>(...RETURNS, 'freeDisposal'), (units, seed, returns) => {
        const order = units.map((_, i) => i);
        shuffle(order, createRandom(seed));
        const plain = envelop(units, { returns });
        const other = envelop(order.map((i) => units[i]!), { returns });
        expectNear(other.scores, order.map((i) => plain.scores[i]!));
        expect(other.statuses).toEqual(order.map((i) => plain.statuses[i]));
      }),
      PARAMETERS,
    );
  });

  it('orders the returns: free disposal is kindest, then variable, increasing or decreasing, constant', () => {
    fc.assert(
      fc.property(WORLDS, fc.constantFrom(...ORIENTATIONS), (units, orientation) => {
        const of = (returns: ReturnsToScale): Float64Array => envelop(units, { returns, orientation }).efficiencies;
        const [constant, variable, increasing, decreasing, freely] = [of('constant'), of('variable'), of('increasing'), of('decreasing'), of('freeDisposal')];
        units.forEach((_, i) => {
          expect(freely[i]! + 1e-9).toBeGreaterThanOrEqual(variable[i]!);
          expect(variable[i]! + 1e-9).toBeGreaterThanOrEqual(Math.max(increasing[i]!, decreasing[i]!));
          expect(Math.min(increasing[i]!, decreasing[i]!) + 1e-9).toBeGreaterThanOrEqual(constant[i]!);
          expect(constant[i]).toBeGreaterThan(0);
          expect(freely[i]).toBeLessThanOrEqual(1 + 1e-12);
        });
      }),
      PARAMETERS,
    );
  });

  it('with constant returns is the same question both ways: theta = 1 / phi', () => {
    fc.assert(
      fc.property(WORLDS, (units) => {
        const [byInputs, byOutputs] = ORIENTATIONS.map((orientation) => envelop(units, { returns: 'constant', orientation }));
        expectNear(byInputs!.scores, byOutputs!.scores.map((phi) => 1 / phi), 1e-10);
      }),
      PARAMETERS,
    );
  });

  it('projects into the technology: peers add up to the target, and the target is efficient', () => {
    fc.assert(
      fc.property(WORLDS, fc.constantFrom(...RETURNS), fc.constantFrom(...ORIENTATIONS), (units, returns, orientation) => {
        const result = envelop(units, { returns, orientation });
        const [m, s] = [result.inputs.length, result.outputs.length];
        const targets = units.map((_, i): Unit => ({ x: [...result.targetInputs.slice(i * m, (i + 1) * m)], y: [...result.targetOutputs.slice(i * s, (i + 1) * s)] }));
        targets.forEach((target, i) => {
          const mix = (of: (unit: Unit) => number): number => result.peers[i]!.reduce((sum, { row, intensity }) => sum + intensity * of(units[row]!), 0);
          expectNear(target.x.map((_, k) => mix(({ x }) => x[k]!)), target.x);
          expectNear(target.y.map((_, r) => mix(({ y }) => y[r]!)), target.y);
          const sum = mix(() => 1);
          if (returns === 'variable') expect(sum).toBeCloseTo(1, 9);
          if (returns === 'increasing') expect(sum).toBeGreaterThan(1 - 1e-9);
          if (returns === 'decreasing') expect(sum).toBeLessThan(1 + 1e-9);
          if (orientation === 'output') target.y.forEach((value, r) => expect(value).toBeGreaterThanOrEqual(units[i]!.y[r]! * (1 - 1e-9)));
        });
        const again = envelop(targets, { returns, orientation, reference: rowsOf(units), tolerance: 1e-6 });
        expectNear(again.scores, targets.map(() => 1), 1e-7);
        expect(again.statuses).toEqual(targets.map(() => 'efficient'));
      }),
      PARAMETERS,
    );
  });

  it('leaves inefficient units as they are without themselves, and efficient ones not below 1', () => {
    fc.assert(
      fc.property(WORLDS, fc.constantFrom(...RETURNS), fc.constantFrom(...ORIENTATIONS), (units, returns, orientation) => {
        const plain = envelop(units, { returns, orientation });
        const alone = envelop(units, { returns, orientation, superEfficiency: true });
        units.forEach((_, i) => {
          if (plain.statuses[i] === 'inefficient') expectNear([alone.scores[i]!], [plain.scores[i]!]);
          else if (alone.statuses[i] !== 'infeasible') expect(alone.efficiencies[i]).toBeGreaterThan(1 - 1e-9);
          if (plain.statuses[i] === 'weaklyEfficient') expect(alone.statuses[i]).toBe('weaklyEfficient');
        });
      }),
      PARAMETERS,
    );
  });
});
