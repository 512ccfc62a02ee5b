import { sigmoid } from '../../src/numeric/sigmoid.js';
import { createRandom, type Random } from '../../src/numeric/random.js';

/** One product a customer holds, or newly takes. */
export interface PortfolioRow {
  readonly customer: number;
  readonly product: string;
}

/** Customers, what they hold, what they newly take in the window after, and the probability behind each. */
export interface SimulatedPortfolio {
  /** 1 to the number of customers: ascending, the order of all rows below. */
  readonly customers: readonly number[];
  /** `p01`, `p02`, …: ascending by code unit, the order of the columns of `truth`. */
  readonly products: readonly string[];
  /** One value a customer and column; `NaN` and null are missing. */
  readonly profile: {
    readonly age: Float64Array;
    readonly income: Float64Array;
    readonly tenureYears: Float64Array;
    readonly logins: Float64Array;
    readonly region: readonly string[];
    readonly channel: readonly string[];
    readonly household: readonly (string | null)[];
    readonly mobile: readonly boolean[];
  };
  /** Held before the window, about four products a customer of twenty. */
  readonly held: readonly PortfolioRow[];
  /** Newly taken within the window; never something held. */
  readonly taken: readonly PortfolioRow[];
  /** Row-major, customers × products: the probability of newly taking within the window; `NaN` where the product is held. */
  readonly truth: Float64Array;
  /** The mean probability of each product among those who do not hold it. */
  readonly rates: Float64Array;
}

const REGIONS = ['north', 'south', 'east', 'west', 'lakes', 'coast'];
const CHANNELS = ['agent', 'branch', 'web'];
const HOUSEHOLDS = ['couple', 'family', 'single'];

/**
 * A portfolio of which everything is known. The same seed gives the same portfolio.
 *
 * What is true. Each taking is independent given `truth`, and `truth` is a function of the columns of `profile` as given (a missing cell adds nothing
 * but a shift of its own) and of what is held, nothing else: no hidden trait of the customer, so a model can reach the log loss of the truth itself.
 * Per product the log-odds are
 * - linear in income (log, standardised), tenure, logins, region, channel, household, mobile, with weights of the product's own (about half of them 0);
 * - a hump in age of the product's own place, 8 to 14 years wide;
 * - for every third product a step: only above an income, or only for couples and families below an age (an interaction);
 * - in holdings: the product before it in a cycle raises it (dependency), one other raises it somewhat, one other all but excludes it, and each
 *   product held raises all a little.
 *
 * Products are held by the same drivers, weaker, and by a hidden activity of the customer, so that holdings go together. Rates run from 0.2 % to 12 %, spread over
 * the products; the last but one and the last but three are hardly ever taken (0.02 % and 0.05 %) where there are at least 8 products.
 */
export function simulatePortfolio({ customers = 30_000, products = 20, seed = 6 }: { customers?: number; products?: number; seed?: number } = {}): SimulatedPortfolio {
  const random = createRandom(seed);
  const profile = drawProfile(customers, random);
  const tastes = Array.from({ length: products }, (_, j) => drawTaste(j, products, random));
  const drivers = profileLogOdds(profile, tastes, customers);
  const holds = drawHoldings(drivers, customers, products, random);
  const truth = takingProbabilities(drivers, holds, tastes, customers);
  const names = Array.from({ length: products }, (_, j) => `p${String(j + 1).padStart(2, '0')}`);
  const held: PortfolioRow[] = [];
  const taken: PortfolioRow[] = [];
  for (let i = 0, cell = 0; i < customers; i++) {
    for (let j = 0; j < products; j++, cell++) {
      if (holds[cell] === 1) held.push({ customer: i + 1, product: names[j]! });
      else if (random.uniform() < truth[cell]!) taken.push({ customer: i + 1, product: names[j]! });
    }
  }
  return { customers: Array.from({ length: customers }, (_, i) => i + 1), products: names, profile, held, taken, truth, rates: Float64Array.from(tastes, ({ rate }) => rate) };
}

function drawProfile(n: number, random: Random): SimulatedPortfolio['profile'] {
  const numbers = (): Float64Array => new Float64Array(n);
  const profile = { age: numbers(), income: numbers(), tenureYears: numbers(), logins: numbers(), region: [] as string[], channel: [] as string[], household: [] as (string | null)[], mobile: [] as boolean[] };
  for (let i = 0; i < n; i++) {
    const age = Math.round(18 + 68 * Math.min(random.uniform(), 0.15 + 0.85 * random.uniform()));
    const income = Math.round(100 * Math.exp(5.9 + 0.5 * random.normal() - ((age - 50) / 35) ** 2));
    const web = sigmoid(1 - (age - 40) / 12);
    const logins = Math.floor(-Math.log(1 - random.uniform()) * 20 * web);
    const draw = random.uniform();
    profile.age[i] = random.uniform() < 0.02 ? NaN : age;
    profile.income[i] = random.uniform() < 0.08 ? NaN : income;
    profile.tenureYears[i] = Math.round(10 * Math.min(age - 17, -Math.log(1 - random.uniform()) * 9)) / 10;
    profile.logins[i] = logins;
    profile.region.push(REGIONS[Math.floor(REGIONS.length * random.uniform() ** 1.5)]!);
    profile.channel.push(CHANNELS[draw < web * 0.7 ? 2 : draw < 0.85 ? 1 : 0]!);
    profile.household.push(random.uniform() < 0.04 ? null : HOUSEHOLDS[random.uniform() < sigmoid((33 - age) / 6) ? 2 : random.uniform() < sigmoid((52 - age) / 8) ? 1 : 0]!);
    profile.mobile.push(random.uniform() < 0.2 + 0.7 * web);
  }
  return profile;
}

interface Taste {
  readonly rate: number;
  readonly numbers: readonly number[];
  readonly regions: readonly number[];
  readonly channels: readonly number[];
  readonly households: readonly number[];
  readonly mobile: number;
  readonly agePeak: number;
  readonly ageWidth: number;
  readonly ageHeight: number;
  readonly step: 'income' | 'young family' | null;
  readonly stepAt: number;
  readonly needs: number;
  readonly helps: number;
  readonly excludes: number;
}

function drawTaste(j: number, products: number, random: Random): Taste {
  const some = (size: number): number => (random.uniform() < 0.5 ? size * random.normal() : 0);
  // 7 is prime to most numbers of products: the rates do not ascend along the columns.
  const place = products > 1 ? ((j * 7) % products) / (products - 1) : 0.5;
  const rare = products >= 8 ? (j === products - 2 ? 0.0002 : j === products - 4 ? 0.0005 : undefined) : undefined;
  const kind = j % 6;
  return {
    rate: rare ?? 0.002 * 60 ** Math.min(1, place),
    numbers: [some(0.7), some(0.4), some(0.4)],
    regions: REGIONS.map(() => some(0.3)),
    channels: CHANNELS.map(() => some(0.5)),
    households: [...HOUSEHOLDS, 'missing'].map(() => some(0.4)),
    mobile: some(0.4),
    agePeak: 25 + 45 * random.uniform(),
    ageWidth: 8 + 6 * random.uniform(),
    ageHeight: 0.6 + 1.2 * random.uniform(),
    step: kind === 2 ? 'income' : kind === 5 ? 'young family' : null,
    stepAt: kind === 2 ? 35_000 + 15_000 * random.uniform() : 35 + 10 * random.uniform(),
    needs: (j + products - 1) % products,
    helps: (j + 5) % products,
    excludes: (j + 9) % products,
  };
}

/** What the profile says, before the intercepts. */
function profileLogOdds(profile: SimulatedPortfolio['profile'], tastes: readonly Taste[], n: number): Float64Array {
  const logOdds = new Float64Array(n * tastes.length);
  for (let i = 0, cell = 0; i < n; i++) {
    const age = profile.age[i]!;
    const income = profile.income[i]!;
    const wealth = Number.isNaN(income) ? 0 : (Math.log(income) - 10.1) / 0.65;
    const tenure = (profile.tenureYears[i]! - 8) / 7;
    const visits = Math.log1p(profile.logins[i]!) - 2;
    const region = REGIONS.indexOf(profile.region[i]!);
    const channel = CHANNELS.indexOf(profile.channel[i]!);
    const household = profile.household[i] === null ? 3 : HOUSEHOLDS.indexOf(profile.household[i]!);
    for (const taste of tastes) {
      let sum = taste.numbers[0]! * wealth + taste.numbers[1]! * tenure + taste.numbers[2]! * visits;
      sum += taste.regions[region]! + taste.channels[channel]! + taste.households[household]! + (profile.mobile[i]! ? taste.mobile : 0);
      sum += Number.isNaN(age) ? 0.3 * taste.ageHeight : taste.ageHeight * Math.exp(-0.5 * ((age - taste.agePeak) / taste.ageWidth) ** 2);
      if (taste.step === 'income' && income > taste.stepAt) sum += 1.2;
      if (taste.step === 'young family' && household < 2 && age < taste.stepAt) sum += 1.4;
      logOdds[cell++] = sum;
    }
  }
  return logOdds;
}

function drawHoldings(drivers: Float64Array, n: number, products: number, random: Random): Uint8Array {
  const holds = new Uint8Array(n * products);
  for (let i = 0, cell = 0; i < n; i++) {
    const activity = 0.7 * random.normal();
    for (let j = 0; j < products; j++, cell++) {
      // Popular and rare ones; the one before goes with it.
      const before = j > 0 ? holds[cell - 1]! : 0;
      const popularity = j === 0 ? 0.8 : -2.6 + 1.1 * Math.cos(2.4 * j);
      if (random.uniform() < sigmoid(popularity + 0.6 * drivers[cell]! + activity + 0.9 * before)) holds[cell] = 1;
    }
  }
  return holds;
}

function takingProbabilities(drivers: Float64Array, holds: Uint8Array, tastes: readonly Taste[], n: number): Float64Array {
  const products = tastes.length;
  const truth = new Float64Array(n * products).fill(NaN);
  const counts = new Float64Array(n);
  for (let cell = 0; cell < holds.length; cell++) counts[Math.floor(cell / products)]! += holds[cell]!;
  tastes.forEach((taste, j) => {
    const cells: number[] = [];
    for (let i = 0; i < n; i++) {
      const row = i * products;
      if (holds[row + j] === 1) continue;
      cells.push(row + j);
      // Fewer than four products have no room for three different partners.
      const partners = products < 4 ? 0 : 1.3 * holds[row + taste.needs]! + 0.6 * holds[row + taste.helps]! - 3 * holds[row + taste.excludes]!;
      truth[row + j] = drivers[row + j]! + partners + 0.12 * counts[i]!;
    }
    const intercept = interceptFor(taste.rate, cells, truth);
    for (const cell of cells) truth[cell] = sigmoid(truth[cell]! + intercept);
  });
  return truth;
}

/** The intercept that gives the mean probability asked for: Newton on the logarithm of the mean. */
function interceptFor(rate: number, cells: readonly number[], logOdds: Float64Array): number {
  let intercept = Math.log(rate);
  for (let step = 0; step < 50; step++) {
    let mean = 0;
    let slope = 0;
    for (const cell of cells) {
      const p = sigmoid(logOdds[cell]! + intercept);
      mean += p;
      slope += p * (1 - p);
    }
    const move = (Math.log(mean / (rate * cells.length)) * mean) / slope;
    intercept -= Math.max(-2, Math.min(2, move));
    if (Math.abs(move) < 1e-9) break;
  }
  return intercept;
}
