import { createRandom, type Random } from '../../src/numeric/random.js';

/** Customers made up, whose wallets are known. */
export interface World {
  readonly rows: Readonly<Record<string, Float64Array | string[]>>;
  readonly spend: Float64Array;
  readonly wallet: Float64Array;
}

/** How wallets and shares come about. */
export type WorldName = 'halfNormal' | 'heavyTails' | 'betaShares' | 'zeroInflated' | 'nonlinear' | 'driver' | 'symmetric';

/** Gamma by Marsaglia and Tsang (2000), for shapes of 1 or more. */
function gamma(random: Random, shape: number): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a);
  return x / (x + gamma(random, b));
}

/** Customers with a size, a sector and a tenure. */
export function createWorld(name: WorldName, count: number, seed: number): World {
  const random = createRandom(seed);
  const sectors = ['build', 'care', 'farm', 'trade'];
  const lift = [0, 0.4, -0.3, 0.2];
  const [size, tenure, spend, wallet] = [0, 1, 2, 3].map(() => new Float64Array(count)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const sector = new Array<string>(count);
  for (let i = 0; i < count; i++) {
    size[i] = 3 + random.normal();
    tenure[i] = random.normal();
    const which = random.integer(4);
    sector[i] = sectors[which]!;
    const straight = 1.2 + 0.8 * size[i]! + lift[which]!;
    let [line, noise, share] = [straight, 0.35 * random.normal(), Math.exp(-Math.abs(0.7 * random.normal()))];
    if (name === 'heavyTails') noise = (0.25 * random.normal()) / Math.sqrt((2 * gamma(random, 1.5)) / 3);
    if (name === 'betaShares') share = beta(random, 2, 1.2);
    if (name === 'symmetric') share = beta(random, 8, 8);
    if (name === 'zeroInflated') share = random.uniform() < 1 / (1 + Math.exp(-(-0.95 - 0.6 * (size[i]! - 3)))) ? 0 : beta(random, 2.5, 1);
    if (name === 'nonlinear') {
      line = 3 + (size[i]! > 3 ? 1.2 : 0) + (which === 1 ? 0.8 * tenure[i]! : -0.3 * tenure[i]!) + (which > 1 && size[i]! > 3.5 ? 0.8 : 0);
      share = Math.exp(0.5 * Math.log(1 - random.uniform()));
    }
    if (name === 'driver') share = Math.exp(-Math.abs(Math.exp(-0.5 - 0.7 * tenure[i]!) * random.normal()));
    wallet[i] = Math.exp(line + noise);
    spend[i] = wallet[i]! * share;
  }
  return { rows: { size, sector, tenure }, spend, wallet };
}

/** How estimated wallets fare beside the true ones: of those who spend. */
export function figuresOf(world: World, wallet: Float64Array): { logError: number; headroomRank: number; ratio: number } {
  const rows = [...world.spend.keys()].filter((i) => world.spend[i]! > 0);
  let [squares, sum, truth] = [0, 0, 0];
  for (const i of rows) {
    squares += Math.log(wallet[i]! / world.wallet[i]!) ** 2;
    sum += wallet[i]!;
    truth += world.wallet[i]!;
  }
  const rank = spearman(rows.map((i) => wallet[i]! - world.spend[i]!), rows.map((i) => world.wallet[i]! - world.spend[i]!));
  return { logError: Math.sqrt(squares / rows.length), headroomRank: rank, ratio: sum / truth };
}

/** Rank correlation; ties at their mean rank. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(a), ranks(b)];
  const middle = (x.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - middle) * (y[i]! - middle);
    xx += (x[i]! - middle) ** 2;
    yy += (y[i]! - middle) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const rank = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) rank[order[k]!] = (from + to - 1) / 2;
    from = to;
  }
  return rank;
}
