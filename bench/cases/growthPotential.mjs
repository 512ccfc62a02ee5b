import { createRandom } from 'clientela/data';
import { growthPotential, potentialConcentration, rakePotential, shareScenario } from 'clientela/potential';
import { cpuTime, line } from '../harness.mjs';

const UNKNOWNS = 10;

/** Skewed wallets, a fifth of the customers spend nothing here; ten shared unknowns; dimensions of 5, 40 and 200 groups, branches within regions. */
function company(count) {
  const random = createRandom(21);
  const potential = Float64Array.from({ length: count }, () => Math.exp(6 + random.normal()));
  const present = potential.map((value) => (random.uniform() < 0.2 ? 0 : value * random.uniform()));
  const ownVariance = potential.map((value) => (0.3 * value) ** 2);
  const sharedLoadings = Float64Array.from({ length: count * UNKNOWNS }, (_, at) => 0.01 * potential[Math.floor(at / UNKNOWNS)] * random.normal());
  const branches = potential.map(() => random.integer(200));
  const by = {
    segment: Array.from(potential, () => `segment ${random.integer(5)}`),
    region: Array.from(branches, (branch) => `region ${branch % 40}`),
    branch: Array.from(branches, (branch) => `branch ${branch}`),
  };
  return { potentials: { present, potential, ownVariance, sharedLoadings, sharedCount: UNKNOWNS }, by, ease: potential.map(() => random.uniform()) };
}

/** Totals by three dimensions; then with all that can be asked for; concentration, scenario and raking of the same customers. */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const { potentials, by, ease } = company(count);
    const repetitions = count === 1_000_000 ? 1 : 5;
    const time = (what, who, call, note = '') => {
      const { millis, result } = cpuTime(call, repetitions);
      lines.push(line(what, who, count, millis, typeof note === 'function' ? note(result) : note));
    };
    time('3 dimensions, 10 shared unknowns', 'growthPotential', () => growthPotential(potentials, { by, ease }), count === 100_000 ? 'bar 200 ms' : '');
    time('the same with hierarchy, cells and covariances', 'growthPotential', () => growthPotential(potentials, { by, ease, hierarchy: ['region', 'branch'], cross: true, covariance: true }));
    time('headroom', 'potentialConcentration', () => potentialConcentration(potentials));
    time('best quarter within segments, 3 dimensions', 'shareScenario', () => shareScenario(potentials, { by, peers: 'segment' }));
    const growth = growthPotential(potentials, { by, dimensions: ['segment', 'region'] });
    const sizes = (name, factor) => Object.fromEntries(growth.by[name].map((row, at) => [row.name, row.present + row.headroom.estimate * factor(at)]));
    const segment = sizes('segment', (at) => 0.6 + 0.3 * at);
    const whole = Object.values(segment).reduce((sum, size) => sum + size, 0);
    const free = sizes('region', (at) => 1 + 0.01 * at);
    const scale = whole / Object.values(free).reduce((sum, size) => sum + size, 0);
    const region = Object.fromEntries(Object.entries(free).map(([name, size]) => [name, size * scale]));
    time('5 segments and 40 regions, 10 shared unknowns', 'rakePotential', () => rakePotential(potentials, { by: { segment: by.segment, region: by.region }, totals: { segment, region } }), ({ convergence }) => `${convergence.iterations} rounds, ${convergence.reason}`);
  }
  return lines;
}
