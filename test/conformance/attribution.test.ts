import { expect, it } from 'vitest';
import { attributeOutcomes, type AttributionMethod } from '../../src/paths/attribution/attributeOutcomes.js';
import { describeWithShared, readCsv, readGolden } from './shared.js';

const GOLDEN = 'golden/paths/golden.json';
const PATHS = 'data/paths/journeys/channelattribution_PathData.csv';
type ByChannel = Readonly<Record<string, number>>;

/** By numpy on the same definitions: dense solves of the chain of order 1 and 2 with the value of paths as reward, and linear shares of value. */
const VALUE: Partial<Record<AttributionMethod, ByChannel>> = {
  markov1: { alpha: 18799.1706262, beta: 9687.8092161, delta: 13.918384, epsilon: 2348.6538252, eta: 12991.7366667, gamma: 719.2367463, iota: 14978.4372884, kappa: 1136.0925381, lambda: 5142.720297, mi: 5.4445089, theta: 7511.0484754, zeta: 1468.7030148 },
  markov2: { alpha: 19194.5157041, beta: 9759.5909089, delta: 14.4698919, epsilon: 2395.6339261, eta: 13007.5764555, gamma: 747.0360657, iota: 14851.0589942, kappa: 1132.7578393, lambda: 4861.8273076, mi: 6.1915928, theta: 7392.0771939, zeta: 1440.2357073 },
  linear: { alpha: 24524.7095688, beta: 8954.2667166, delta: 4.40405, epsilon: 1106.2700653, eta: 13783.4970509, gamma: 569.4173579, iota: 15988.988995, kappa: 599.7477863, lambda: 4430.3161694, mi: 6.0814444, theta: 4295.7436195, zeta: 539.5287631 },
};

describeWithShared('attribution of the 10,000 paths of ChannelAttribution', [GOLDEN, PATHS], () => {
  const golden = readGolden<{ attribution_PathData: Readonly<Record<string, ByChannel>> & { readonly P_conversion: number } }>(GOLDEN).attribution_PathData;
  const paths = readCsv(PATHS).map((row) => ({
    path: row['path']!.split(' > '), conversions: Number(row['total_conversions']), value: Number(row['total_conversion_value']), nulls: Number(row['total_null']),
  }));
  const found = attributeOutcomes(paths, { methods: ['first', 'last', 'linear', 'shapley', 'markov1', 'markov2', 'markov3'], replicates: 0 });

  it('counts what there is', () => {
    expect(found).toMatchObject({ conversions: 19_785, nulls: 68_602, unattributed: 0 });
    expect(found.conversionProbability).toBeCloseTo(golden.P_conversion, 14);
    expect(found.value).toBeCloseTo(74_802.97159, 4);
  });

  it.each([
    ['first', 'first_touch', 1e-9], ['last', 'last_touch', 1e-9], ['linear', 'linear_touch', 1e-8], ['shapley', 'shapley_exact', 1e-6],
    ['markov1', 'markov1_conversions_exact', 1e-5], ['markov2', 'markov2_conversions_exact_selfloopsKept', 1e-5], ['markov3', 'markov3_conversions_exact_selfloopsKept', 1e-5],
  ] as const)('%s: conversions by channel as in the reference', (method, reference, within) => {
    for (const { channel, conversions } of found.channels) expect(Math.abs(conversions[method]!.estimate - golden[reference]![channel]!), channel).toBeLessThan(within);
  });

  it('removal effects of order 1 as in the reference', () => {
    for (const { channel, removalEffects } of found.channels) expect(removalEffects.markov1).toBeCloseTo(golden['markov1_removalEffect_exact']![channel]!, 7);
  });

  it.each(['linear', 'markov1', 'markov2'] as const)('%s: value by channel as computed elsewhere', (method) => {
    for (const { channel, value } of found.channels) expect(Math.abs(value![method]!.estimate - VALUE[method]![channel]!), channel).toBeLessThan(1e-6);
  });

  it('the first of each run only: order 1 is the same, order 2 is not', () => {
    const { channels } = attributeOutcomes(paths, { methods: ['markov1', 'markov2'], repeats: 'first', replicates: 0 });
    channels.forEach(({ conversions }, c) => expect(conversions.markov1!.estimate).toBeCloseTo(found.channels[c]!.conversions.markov1!.estimate, 8));
    expect(channels[0]!.conversions.markov2!.estimate).toBeCloseTo(5724.799, 3);
  });
});
