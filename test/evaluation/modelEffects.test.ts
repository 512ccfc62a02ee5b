import { describe, expect, it } from 'vitest';
import { Frame } from '../../src/data/frame.js';
import type { TableLike } from '../../src/data/table.js';
import { cellAt } from '../../src/data/cellAt.js';
import {
  accumulatedLocalEffects, logLoss, partialDependence, permutationImportance, rocAuc,
} from '../../src/evaluation/index.js';
import { ClientelaError } from '../../src/errors.js';
import { fitElasticNet } from '../../src/learners/elasticNet/fitElasticNet.js';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { createRandom } from '../../src/numeric/random.js';
import { errorCode } from '../errorCode.js';

const numbers = (table: TableLike, name: string): Float64Array => (table.column(name) as { values: Float64Array }).values;
const cells = (table: TableLike, name: string): unknown[] => Array.from({ length: table.rowCount }, (_, row) => cellAt(table.column(name), row));
const linear = { predict: (table: TableLike) => numbers(table, 'x').map((x, i) => 3 * x - 2 * numbers(table, 'z')[i]! + 1) };

// Two columns that go together.
const correlated = ((): { x: Float64Array; z: Float64Array; y: Float64Array } => {
  const random = createRandom(5);
  const x = Float64Array.from({ length: 300 }, () => random.normal());
  const z = x.map((value) => value + 0.3 * random.normal());
  return { x, z, y: x.map((value, i) => value + z[i]! + random.normal()) };
})();

// Reference figures: scikit-learn 1.9.1, inspection.partial_dependence (brute) and permutation_importance (neg_log_loss, 4000 repeats) of this model.
const ROWS = Array.from({ length: 60 }, (_, i) => ({ x: (i * 7) % 10, z: ((i * 13) % 17) / 4, y: Number((i * 37) % 100 < ((i * 7) % 10) * 10), w: 1 + (i % 3) }));
const interacting = {
  features: ['x', 'z'],
  predictProbability: (table: TableLike) => numbers(table, 'x').map((x, i) => 1 / (1 + Math.exp(2 - 0.5 * x + 0.3 * numbers(table, 'z')[i]! - 0.1 * x * numbers(table, 'z')[i]!))),
};
const PEER_MEAN = [0.07392937371279107, 0.13377417153553706, 0.2330849626700817, 0.37754066879814546, 0.5484145967378153, 0.7063184941695884, 0.8236735796022536, 0.8989473878064055, 0.9433931290076045, 0.9685707584376935];
const PEER_FIRST_ROW = [0.11920292202211755, 0.18242552380635635, 0.2689414213699951, 0.3775406687981454, 0.5, 0.6224593312018546, 0.7310585786300049, 0.8175744761936437, 0.8807970779778823, 0.9241418199787566];
const PEER_WEIGHTED = [0.07350958075643048, 0.1332959200214788, 0.23271351800253487, 0.37754066879814546, 0.5489291216685371, 0.7071734913257584, 0.8245610936881905, 0.8996781803163543, 0.9439236451557804, 0.9689295830630518];

describe('partialDependence', () => {
  it('has the coefficient of a linear model as its slope, wherever the others lie', () => {
    const { grid, mean, rows } = partialDependence(linear, correlated, { feature: 'x' });
    expect(grid.length).toBe(20);
    expect(rows.length).toBe(300);
    for (let k = 1; k < 20; k++) expect((mean[k]! - mean[0]!) / (Number(grid[k]) - Number(grid[0]))).toBeCloseTo(3, 10);
    const average = correlated.z.reduce((sum, z) => sum + z, 0) / 300;
    expect(mean[0]).toBeCloseTo(3 * Number(grid[0]) - 2 * average + 1, 10);
  });

  it('is that of scikit-learn, curve by curve and with weights', () => {
    const found = partialDependence(interacting, ROWS, { feature: 'x', individual: true });
    expect(found.grid).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    found.mean.forEach((value, k) => expect(value).toBeCloseTo(PEER_MEAN[k]!, 13));
    found.individual![0]!.forEach((value, k) => expect(value).toBeCloseTo(PEER_FIRST_ROW[k]!, 13));
    expect(found.individual!.length).toBe(60);
    partialDependence(interacting, ROWS, { feature: 'x', weights: 'w' }).mean.forEach((value, k) => expect(value).toBeCloseTo(PEER_WEIGHTED[k]!, 13));
  });

  it('starts every curve at 0 when centred: parallel curves become one', () => {
    const { mean, individual } = partialDependence(linear, correlated, { feature: 'x', grid: [-1, 0, 2], centered: true, individual: true });
    expect([...mean].map((value) => Number(value.toFixed(9)))).toEqual([0, 3, 9]);
    for (const line of individual!) expect([...line].map((value) => Number(value.toFixed(9)))).toEqual([0, 3, 9]);
  });

  it('takes categories, booleans and dates, and hands the model columns of their kind', () => {
    const frame = Frame.fromRows(Array.from({ length: 12 }, (_, i) => ({ plan: ['gold', 'basic', 'plus'][i % 3]!, student: i % 2 === 0, since: new Date(Date.UTC(2026, 0, 1 + i)) })));
    const model = { predict: (table: TableLike) => cells(table, 'plan').map((plan, i) => (plan === 'gold' ? 10 : 0) + (cells(table, 'student')[i] === true ? 1 : 0)) };
    const plan = partialDependence(model, frame, { feature: 'plan' });
    expect(plan.grid).toEqual(['basic', 'gold', 'plus']);
    expect([...plan.mean]).toEqual([0.5, 10.5, 0.5]);
    expect(partialDependence(model, frame, { feature: 'plan', grid: ['gold'] }).grid).toEqual(['gold']);
    const student = partialDependence(model, frame, { feature: 'student' });
    expect(student.grid).toEqual([false, true]);
    expect(student.mean[1]! - student.mean[0]!).toBeCloseTo(1, 12);
    expect(partialDependence(model, frame, { feature: 'student', grid: [true] }).mean[0]).toBeCloseTo(10 / 3 + 1, 12);
    const days = { predict: (table: TableLike) => numbers(table, 'since').map((millis) => millis / 864e5) };
    expect([...partialDependence(days, frame, { feature: 'since', grid: [0, 864e5] }).mean]).toEqual([0, 1]);
  });

  it('agrees with a fitted model on raw rows', () => {
    const model = fitLogisticRegression(ROWS, { target: 'y', features: ['x', 'z'] });
    const { mean } = partialDependence(model, ROWS, { feature: 'x', grid: [4] });
    const right = ROWS.reduce((sum, row) => sum + model.predictProbabilityRow({ ...row, x: 4 }), 0) / 60;
    expect(mean[0]).toBeCloseTo(right, 12);
  });

  it('averages over a sample, the same for the same seed, and leaves rows of weight 0 out', () => {
    const run = (seed: number): number[] => [...partialDependence(linear, correlated, { feature: 'x', sample: 50, seed }).rows];
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
    expect(run(1).length).toBe(50);
    const weights = Float64Array.from(correlated.x, (_, i) => (i < 10 ? 2 : 0));
    const some = partialDependence(linear, correlated, { feature: 'x', weights });
    const only = partialDependence(linear, { x: correlated.x.slice(0, 10), z: correlated.z.slice(0, 10) }, { feature: 'x' });
    expect([some.grid, [...some.mean].map((value) => value.toFixed(9))]).toEqual([only.grid, [...only.mean].map((value) => value.toFixed(9))]);
  });

  it.each<[object, string, string]>([
    [{ feature: 'age' }, 'UNKNOWN_COLUMN', 'found no column "age"'],
    [{ feature: 'x', grid: 1 }, 'INVALID_OPTION', 'needs grid as a whole number of at least 2'],
    [{ feature: 'x', grid: [] }, 'INVALID_OPTION', 'needs at least one value in grid'],
    [{ feature: 'x', grid: ['a'] }, 'INVALID_OPTION', 'needs grid values for column "x" as finite numbers, found'],
    [{ feature: 'plan', grid: ['silver'] }, 'INVALID_OPTION', 'needs grid values for column "plan" as levels that occur'],
    [{ feature: 'yes', grid: [1] }, 'INVALID_OPTION', 'needs grid values for column "yes" as true or false'],
    [{ feature: 'none' }, 'EMPTY_INPUT', 'found no known value in column "none"'],
    [{ feature: 'x', sample: 0 }, 'INVALID_OPTION', 'needs sample as a whole number of at least 1'],
    [{ feature: 'x', predict: () => [1] }, 'LENGTH_MISMATCH', 'needs one score for each of 2 rows, found 1'],
    [{ feature: 'x', predict: () => [1, NaN] }, 'NON_FINITE_VALUE', 'found the score NaN for row 1'],
    [{ feature: 'x', ice: true }, 'INVALID_OPTION', 'knows no option "ice"'],
  ])('refuses %j', (options, code, message) => {
    const data = Frame.fromColumns({ x: [1, 2], z: [1, 2], plan: ['a', 'b'], yes: [true, false], none: [NaN, NaN] });
    const run = (): unknown => partialDependence(linear, data, options as never);
    expect(run).toThrow(expect.objectContaining({ code, message: expect.stringContaining(`partialDependence ${message}`) as string }));
  });

  it('asks a model for predict that refuses probabilities, and passes other errors on', () => {
    const refusing = (code: 'INVALID_INPUT' | 'UNKNOWN_COLUMN'): { predict: (table: TableLike) => Float64Array; predictProbability: () => never } => ({
      ...linear,
      predictProbability: () => { throw new ClientelaError(code, 'amounts have none'); },
    });
    expect(partialDependence(refusing('INVALID_INPUT'), correlated, { feature: 'x' })).toEqual(partialDependence(linear, correlated, { feature: 'x' }));
    expect(errorCode(() => partialDependence(refusing('UNKNOWN_COLUMN'), correlated, { feature: 'x' }))).toBe('UNKNOWN_COLUMN');
    const { predictProbability } = refusing('INVALID_INPUT');
    expect(errorCode(() => partialDependence({ predictProbability }, correlated, { feature: 'x' }))).toBe('INVALID_INPUT');
    const net = fitElasticNet({ x: correlated.x, y: correlated.y }, { target: 'y', family: 'gaussian', lambda: 0 });
    const { grid, mean } = partialDependence(net, correlated, { feature: 'x' });
    expect(mean[0]).toBeCloseTo(net.predict([{ x: grid[0] }])[0]!, 10);
  });

  it('refuses identifiers, no rows, and a model that cannot predict', () => {
    const data = Frame.fromColumns({ id: ['a', 'b'] }, { id: 'id' });
    expect(errorCode(() => partialDependence(linear, data, { feature: 'id' }))).toBe('COLUMN_KIND');
    expect(errorCode(() => partialDependence(linear, { x: [] as number[] }, { feature: 'x' }))).toBe('EMPTY_INPUT');
    expect(() => partialDependence({}, { x: [1, 2] }, { feature: 'x' })).toThrow('partialDependence needs predict, as the model has none of its own');
  });
});

describe('accumulatedLocalEffects', () => {
  it('is the coefficient times the feature for a linear model, exactly, however correlated the columns', () => {
    const { grid, effects, counts } = accumulatedLocalEffects(linear, correlated, { feature: 'x', bins: 10 });
    expect(grid.length).toBe(11);
    expect([grid[0], grid[10]]).toEqual([Math.min(...correlated.x), Math.max(...correlated.x)]);
    for (let k = 1; k <= 10; k++) expect((effects[k]! - effects[0]!) / (Number(grid[k]) - Number(grid[0]))).toBeCloseTo(3, 10);
    expect([...counts]).toEqual(new Array(10).fill(30));
  });

  it('counts by hand: x times z, where z is x', () => {
    // Edges 0, 1, 2; the local step of a row from a to b is (b - a) z. Rows 0 and 1 step from 0 to 1: mean z = 1/2; row 2 from 1 to 2: z = 2.
    const model = { predict: (table: TableLike) => numbers(table, 'x').map((x, i) => x * numbers(table, 'z')[i]!) };
    const { grid, effects, counts } = accumulatedLocalEffects(model, { x: [0, 1, 2], z: [0, 1, 2] }, { feature: 'x', bins: 3 });
    expect([grid, [...counts]]).toEqual([[0, 1, 2], [2, 1]]);
    // Uncentred 0, 1/2, 5/2; the mean over the rows (2 x 1/4 + 1 x 3/2) / 3 = 2/3.
    effects.forEach((effect, k) => expect(effect).toBeCloseTo([0, 0.5, 2.5][k]! - 2 / 3, 12));
  });

  it('does not make up customers, where partial dependence does', () => {
    // The model explodes where x and z lie far apart, which no customer does.
    const model = { predict: (table: TableLike) => numbers(table, 'x').map((x, i) => (Math.abs(x - numbers(table, 'z')[i]!) > 1.5 ? 1000 : x)) };
    const x = Float64Array.from({ length: 300 }, (_, i) => -2 + i / 75);
    const data = { x, z: x.map((value, i) => value + Math.sin(i)) };
    const local = accumulatedLocalEffects(model, data, { feature: 'x', bins: 10 });
    expect(Math.max(...local.effects)).toBeLessThan(5);
    expect(Math.max(...partialDependence(model, data, { feature: 'x' }).mean)).toBeGreaterThan(50);
  });

  it('averages to 0 over the rows', () => {
    const { effects, counts } = accumulatedLocalEffects(interacting, ROWS, { feature: 'x', bins: 4 });
    expect(counts.reduce((sum, count, k) => sum + (count * (effects[k]! + effects[k + 1]!)) / 2, 0)).toBeCloseTo(0, 12);
  });

  it('takes a weight of 2 as the row twice and a weight of 0 as absent', () => {
    const weights = ROWS.map((_, i) => i % 3);
    const twice = ROWS.flatMap((row, i) => new Array<typeof row>(weights[i]!).fill(row));
    const [a, b] = [accumulatedLocalEffects(interacting, ROWS, { feature: 'z', weights, bins: 5 }), accumulatedLocalEffects(interacting, twice, { feature: 'z', bins: 5 })];
    expect([a.grid, [...a.counts]]).toEqual([b.grid, [...b.counts]]);
    a.effects.forEach((effect, k) => expect(effect).toBeCloseTo(b.effects[k]!, 12));
  });

  it('steps from level to level in the order given, and from false to true', () => {
    const data = { plan: ['a', 'a', 'b', 'c', 'd'], yes: [true, false, true, true, true], z: [1, 2, 3, 4, 5] };
    const model = { predict: (table: TableLike) => cells(table, 'plan').map((plan, i) => ({ a: 0, b: 1, c: 3, d: 100 })[plan as string]! * numbers(table, 'z')[i]! + (cells(table, 'yes')[i] === true ? 7 : 0)) };
    // a to b, of rows 0-2: mean z 2; b to c, of rows 2 and 3: 2 x mean z 3.5. The row of level d is left out.
    const { grid, effects, counts } = accumulatedLocalEffects(model, data, { feature: 'plan', levels: ['a', 'b', 'c'] });
    expect([grid, [...counts]]).toEqual([['a', 'b', 'c'], [3, 2]]);
    expect([effects[1]! - effects[0]!, effects[2]! - effects[1]!]).toEqual([2, expect.closeTo(7, 12)]);
    expect(2 * effects[0]! + effects[1]! + effects[2]!).toBeCloseTo(0, 12);
    const yes = accumulatedLocalEffects(model, data, { feature: 'yes', weights: [1, 1, 1, 1, 0] });
    expect(yes.grid).toEqual([false, true]);
    expect(yes.effects[1]! - yes.effects[0]!).toBeCloseTo(7, 12);
  });

  it('leaves rows without a value out', () => {
    const found = accumulatedLocalEffects({ predict: (table: TableLike) => numbers(table, 'x').map((x) => (Number.isNaN(x) ? 99 : 2 * x)) }, { x: [1, NaN, 2, 3] }, { feature: 'x', bins: 2 });
    expect(found.counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    expect(found.effects[found.effects.length - 1]! - found.effects[0]!).toBeCloseTo(4, 12);
  });

  it.each<[object, string, string]>([
    [{ feature: 'plan' }, 'INVALID_OPTION', 'accumulates along an order, found the category "plan"; give its levels in order, or use partialDependence'],
    [{ feature: 'plan', levels: ['a', 'z'] }, 'INVALID_OPTION', 'found "z", which does not occur'],
    [{ feature: 'plan', levels: 'abc' }, 'INVALID_OPTION', 'needs levels as an array of levels of column "plan" in order, found "abc"'],
    [{ feature: 'plan', levels: ['a', 'a'] }, 'INVALID_OPTION', 'needs levels as two or more different levels'],
    [{ feature: 'x', levels: ['a'] }, 'INVALID_OPTION', 'takes levels for a category, found column "x" of kind number'],
    [{ feature: 'x', bins: 0 }, 'INVALID_OPTION', 'needs bins as a whole number of at least 1'],
    [{ feature: 'same' }, 'INVALID_OPTION', 'needs a feature of at least two values, found one in column "same"'],
    [{ feature: 'none' }, 'EMPTY_INPUT', 'found no known value in column "none"'],
    [{ feature: 'x', sample: 3 }, 'INVALID_OPTION', 'knows no option "sample"'],
  ])('refuses %j', (options, code, message) => {
    const data = Frame.fromColumns({ x: [1, 2], z: [1, 2], plan: ['a', 'b'], same: [4, 4], none: [NaN, NaN] });
    const run = (): unknown => accumulatedLocalEffects(linear, data, options as never);
    expect(run).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }));
  });
});

describe('permutationImportance', () => {
  it('refuses a metric without a value', () => {
    expect(() => permutationImportance(linear, correlated, { target: 'x', metric: () => NaN })).toThrow('permutationImportance needs a metric that is (labels, scores, weights) => number, found NaN');
  });

  it('comes to the figures of scikit-learn', () => {
    const found = permutationImportance(interacting, ROWS, { target: 'y', repeats: 400 });
    expect(found.metric).toBeCloseTo(logLoss(ROWS.map((row) => row.y), interacting.predictProbability(Frame.fromRows(ROWS))), 12);
    const [x, z] = found.features;
    expect([x!.feature, z!.feature]).toEqual(['x', 'z']);
    expect(Math.abs(x!.estimate - 0.5516)).toBeLessThan(4 * x!.standardError);
    expect(Math.abs(z!.estimate - 0.01651)).toBeLessThan(4 * z!.standardError);
    // 0.00207 and 0.00036 are the standard errors of 4000 repeats.
    expect(Math.abs(x!.standardError / 0.00654 - 1)).toBeLessThan(0.2);
    expect(x!.losses.length).toBe(400);
  });

  it('is 0 for a column the model does not use, and covers its own estimate', () => {
    const { features, metric } = permutationImportance(linear, { ...correlated, unused: correlated.x }, { target: 'y' });
    expect(features.map(({ feature }) => feature)).toEqual(['x', 'z', 'unused']);
    expect(features[2]).toMatchObject({ estimate: 0, lower: 0, upper: 0 });
    expect(metric).toBeGreaterThan(0);
    for (const { estimate, lower, upper } of features) expect(lower <= estimate && estimate <= upper).toBe(true);
  });

  it('turns a metric that should be large round, and takes predict', () => {
    const { metric, features } = permutationImportance({ slope: 1 }, ROWS, { target: 'y', metric: rocAuc, features: ['x', 'z'], predict: ({ slope }, table) => numbers(table, 'x').map((x) => slope * x) });
    expect(metric).toBeGreaterThan(0.6);
    expect(features[0]!.feature).toBe('x');
    expect(features[0]!.estimate).toBeCloseTo(metric - 0.5, 0);
    expect(features[0]!.estimate).toBeGreaterThan(0.1);
  });

  it('shuffles the columns of a group together, so that what they say together stays whole', () => {
    const difference = { predict: (table: TableLike) => numbers(table, 'x').map((x, i) => 5 * (x - numbers(table, 'z')[i]!)) };
    const data = { ...correlated, y: correlated.x.map((x, i) => 5 * (x - correlated.z[i]!)) };
    const { features } = permutationImportance(difference, data, { target: 'y', features: ['x', 'z', ['x', 'z']] });
    const by = Object.fromEntries(features.map((one) => [one.feature, one.estimate]));
    expect(by['x + z']).toBeLessThan(0.3 * by['x']!);
    expect(features.find(({ feature }) => feature === 'x + z')!.columns).toEqual(['x', 'z']);
  });

  it('gives a feature the same figure whichever others are asked for, and hands each model the other columns themselves', () => {
    const all = permutationImportance(linear, correlated, { target: 'y' });
    const one = permutationImportance(linear, correlated, { target: 'y', features: ['z'] });
    expect(one.features[0]).toEqual(all.features.find(({ feature }) => feature === 'z'));
    const seen = new Set<unknown>();
    const frame = Frame.fromColumns(correlated);
    permutationImportance(linear, frame, { target: 'y', features: ['z'], predict: (model, table) => (seen.add(table.column('x')), model.predict(table)) });
    expect([...seen]).toEqual([frame.column('x')]);
  });

  it('weighs the metric and the lending of values', () => {
    // Weight on the first 30 rows only: nothing of the others can come in.
    const weights = ROWS.map((_, i) => (i < 30 ? 2 : 0));
    const spoilt = ROWS.map((row, i) => (i < 30 ? row : { ...row, x: 1e6 }));
    const clean = permutationImportance(interacting, ROWS, { target: 'y', weights });
    expect(permutationImportance(interacting, spoilt, { target: 'y', weights })).toEqual(clean);
    // scikit-learn with these sample weights, but shuffling without them: 0.6525 for x.
    const weighted = permutationImportance(interacting, ROWS, { target: 'y', weights: 'w', repeats: 400 });
    expect(weighted.features[0]!.feature).toBe('x');
    expect(Math.abs(weighted.features[0]!.estimate - 0.6525)).toBeLessThan(0.05);
  });

  it('looks at the features of a model of ours, through a target of words', () => {
    const rows = ROWS.map(({ y, ...row }) => ({ ...row, left: y === 1 ? 'yes' : 'no' }));
    const model = fitLogisticRegression(rows, { target: 'left', features: ['x', 'z'] });
    expect(permutationImportance(model, rows, { target: 'left' }).features.map(({ feature }) => feature).sort()).toEqual(['x', 'z']);
    const { features, metric } = permutationImportance(model, rows, { target: 'left', positive: 'yes', repeats: 1 });
    expect(features[0]!.standardError).toBe(Infinity);
    expect(metric).toBeGreaterThan(0);
  });

  it('stops when told to', () => {
    const { features, stopped } = permutationImportance(linear, correlated, { target: 'y', onProgress: ({ done, total }) => done < 1 && total === 2 });
    expect([features.length, stopped]).toEqual([1, true]);
  });

  it.each<[object, string, string]>([
    [{ features: ['age'] }, 'UNKNOWN_COLUMN', 'found no column "age"'],
    [{ features: [] }, 'INVALID_OPTION', 'needs at least one feature'],
    [{ features: [[]] }, 'INVALID_OPTION', 'needs at least one feature, and one column in every group'],
    [{ repeats: 0 }, 'INVALID_OPTION', 'needs repeats as a whole number of at least 1'],
    [{ target: 'plan' }, 'TARGET_CLASSES', 'needs a target of two classes'],
    [{ target: 'gaps' }, 'MISSING_VALUE', 'needs the target in every row, found none in column "gaps", row 1'],
    [{ target: 'holes' }, 'MISSING_VALUE', 'needs the target in every row, found none in column "holes", row 3'],
    [{ weights: [1, -1, 1, 1] }, 'INVALID_VALUE', 'needs weights that are not negative'],
    [{ target: 'yes' }, 'INVALID_OPTION', 'needs predict, as the model has no predictProbability; give predict: (model, table) => scores'],
    [{ times: 3 }, 'INVALID_OPTION', 'knows no option "times"'],
  ])('refuses %j', (options, code, message) => {
    const data = Frame.fromColumns({ x: [1, 2, 3, 4], z: [1, 2, 3, 4], y: [1, 2, 3, 5], plan: ['a', 'b', 'c', 'a'], gaps: ['a', null, 'b', 'a'], holes: [1, 2, 3, NaN], yes: [true, false, true, true] });
    const run = (): unknown => permutationImportance(linear, data, { target: 'y', ...options } as never);
    expect(run).toThrow(expect.objectContaining({ code, message: expect.stringContaining(`permutationImportance ${message}`) as string }));
  });
});
