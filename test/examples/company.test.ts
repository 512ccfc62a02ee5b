import { describe, expect, it } from 'vitest';
import { fitLogisticRegression } from '../../src/learners/fitLogisticRegression.js';
import { createRandom } from '../../src/numeric/random.js';
import { addSeasonalDays, dayOf, isoDate, isoInstant } from '../../examples/company/calendar.mjs';
import { responding, standingAt } from '../../examples/company/campaign.mjs';
import { contractRules } from '../../examples/company/catalogue.mjs';
import { baseRatePerDay, contractAttributes } from '../../examples/company/contracts.mjs';
import { baselineHazard, drawDeparture, leavingLogRisk } from '../../examples/company/departures.mjs';
import { beta, choose, exponential, gamma, logistic, poisson } from '../../examples/company/draws.mjs';
import { simulateCompany } from '../../examples/company/index.mjs';
import { acceptanceProbability } from '../../examples/company/priceTest.mjs';
import { surveying } from '../../examples/company/survey.mjs';
import { segments } from '../../examples/company/segments.mjs';

const company = simulateCompany({ customers: 3000 });
const truthOf = new Map(company.truth.customers.map((truth) => [truth.customerId, truth]));
const customerOf = new Map(company.customers.map((customer) => [customer.customerId, customer]));
const departedAt = new Map(company.events.filter((event) => event.type === 'departure').map((event) => [event.customerId, event.at]));
const millis = (text: string): number => Date.parse(text);
const DAY = 86_400_000;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: readonly number[]): number => {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
};

/** The mean of the differences is 0 within 4 of its own standard errors. */
function expectNoDrift(differences: readonly number[]): void {
  expect(differences.length).toBeGreaterThan(30);
  expect(Math.abs(mean(differences))).toBeLessThan((4 * deviation(differences)) / Math.sqrt(differences.length));
}

describe('simulateCompany', () => {
  it('is the same world for the same seed, another for another', () => {
    const small = { customers: 60, seed: 3 };
    expect(simulateCompany(small)).toEqual(simulateCompany(small));
    expect(simulateCompany({ ...small, seed: 4 }).events).not.toEqual(simulateCompany(small).events);
  });

  it('does not change a customer when more of them are drawn', () => {
    const few = simulateCompany({ customers: 20 });
    const many = simulateCompany({ customers: 40 });
    expect(many.customers.slice(0, 20)).toEqual(few.customers);
    expect(many.truth.customers.slice(0, 20)).toEqual(few.truth.customers);
    const early = new Set(few.customers.map((customer) => customer.customerId));
    expect(many.events.filter((event) => early.has(event.customerId))).toEqual(few.events);
  });

  it('refuses a span or a number it cannot fill', () => {
    expect(() => simulateCompany({ start: '2024-01-01', end: '2024-03-01' })).toThrow(/at least 200 days after/);
    expect(() => simulateCompany({ customers: 0 })).toThrow(/at least 1, found 0/);
    expect(() => simulateCompany({ start: '1/1/2024' })).toThrow(/found '1\/1\/2024'/);
  });

  it('names every customer once, in all tables', () => {
    expect(customerOf.size).toBe(3000);
    expect(company.truth.customers.map((truth) => truth.customerId)).toEqual(company.customers.map((customer) => customer.customerId));
    for (const rows of [company.events, company.holdings, company.campaign.rows, company.priceTest.rows, company.survey.rows]) {
      expect(rows.every((row) => customerOf.has(row.customerId))).toBe(true);
    }
    expect(new Set(company.campaign.rows.map((row) => row.customerId)).size).toBe(company.campaign.rows.length);
  });

  it('dates every event in ISO text in UTC, in order, from the start and before the end', () => {
    const texts = company.events.map((event) => event.at);
    expect(texts.every((text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/.test(text))).toBe(true);
    expect([...texts].sort()).toEqual(texts);
    expect(texts[0]! >= company.start).toBe(true);
    expect(texts.at(-1)! < company.end).toBe(true);
  });

  it('starts every customer with a purchase on the day of joining, and writes nothing after a departure', () => {
    const first = new Map<string, string>();
    for (const event of company.events) {
      if (event.type === 'purchase' && !first.has(event.customerId)) first.set(event.customerId, event.at.slice(0, 10));
      const left = departedAt.get(event.customerId);
      if (left !== undefined) expect(event.at <= left).toBe(true);
    }
    expect(company.customers.every((customer) => first.get(customer.customerId) === customer.joinedAt)).toBe(true);
    expect(departedAt.size).toBeGreaterThan(200);
    expect(company.truth.customers.every((truth) => (departedAt.get(truth.customerId) ?? null) === truth.departedAt)).toBe(true);
  });

  it('keeps holdings that are the contract events, closed when their customer left', () => {
    const key = (row: { customerId: string }, product: string, at: string): string => `${row.customerId} ${product} ${at}`;
    const signed = company.events.filter((event) => event.type === 'contract').map((event) => key(event, event.item, event.at));
    expect(company.holdings.map((row) => key(row, row.product, row.since)).sort()).toEqual(signed.sort());
    expect(company.holdings.every((row) => row.until === (departedAt.get(row.customerId) ?? null))).toBe(true);
    expect(new Set(signed.map((text) => text.split(' ').slice(0, 2).join(' '))).size).toBe(signed.length);
  });

  it('has the blemishes of real data: unknown incomes, an odd level, returns, lines of the same minute', () => {
    const missing = mean(company.customers.map((customer) => (customer.incomeBand === null ? 1 : 0)));
    expect(missing).toBeGreaterThan(0.05);
    expect(missing).toBeLessThan(0.12);
    expect(company.customers.filter((customer) => customer.acquisition === 'WEB').length).toBeGreaterThan(0);
    const purchases = company.events.filter((event) => event.type === 'purchase');
    const returns = purchases.filter((event) => (event.amount ?? 0) < 0).length / purchases.length;
    expect(returns).toBeGreaterThan(0.01);
    expect(returns).toBeLessThan(0.03);
    expect(new Set(purchases.map((event) => `${event.customerId} ${event.at}`)).size).toBeLessThan(purchases.length);
  });
});

describe('the truth of the company shows in its data', () => {
  it('draws rates, dropouts and tickets by the stated laws', () => {
    const { rate, dropout, ticket } = company.truth.parameters.buying;
    expectNoDrift(company.truth.customers.map((truth) => truth.ticketsPerDay - rate.r / rate.alpha));
    expectNoDrift(company.truth.customers.map((truth) => truth.dropoutProbability - dropout.a / (dropout.a + dropout.b)));
    expectNoDrift(company.truth.customers.map((truth) => truth.meanTicket - (ticket.p * ticket.gamma) / (ticket.q - 1)));
  });

  it('gives as many repeat tickets in the first year as rate and dropout promise', () => {
    const tickets = new Map<string, Set<string>>();
    for (const event of company.events) {
      if (event.type !== 'purchase' || event.item === 'box' || (event.amount ?? 0) < 0) continue;
      const joined = millis(company.customers[Number(event.customerId.slice(1)) - 1]!.joinedAt);
      if (millis(event.at) - joined < 365.25 * DAY) tickets.set(event.customerId, (tickets.get(event.customerId) ?? new Set()).add(event.at));
    }
    const observed = company.customers.filter(
      ({ customerId, joinedAt }) => millis(company.end) - millis(joinedAt) > 366 * DAY && millis(departedAt.get(customerId) ?? '2100-01-01') - millis(joinedAt) > 366 * DAY,
    );
    expectNoDrift(
      observed.map(({ customerId }) => {
        const { ticketsPerDay, dropoutProbability } = truthOf.get(customerId)!;
        const expected = -Math.expm1(-ticketsPerDay * dropoutProbability * 365.25) / dropoutProbability;
        return tickets.get(customerId)!.size - 1 - expected;
      }),
    );
  });

  it('lets the response of contacted and of control customers be what the truth says', () => {
    const { rows } = company.campaign;
    for (const contacted of [true, false]) {
      const group = rows.filter((row) => row.contacted === contacted);
      expectNoDrift(group.map((row) => Number(row.responded) - truthOf.get(row.customerId)!.campaign![contacted ? 'contacted' : 'alone']));
    }
    expectNoDrift(rows.map((row) => Number(row.contacted) - responding.contactedShare));
    expect(mean(rows.map((row) => truthOf.get(row.customerId)!.campaign!.uplift))).toBeGreaterThan(0.03);
    expect(rows.some((row) => truthOf.get(row.customerId)!.campaign!.uplift < -0.01)).toBe(true);
  });

  it('lets a logistic regression find the law of response again, every coefficient within 4 standard errors', () => {
    const eventsOf = new Map<string, { customerId: string; day: number; type: 'contact' | 'purchase' | 'contract' | 'departure'; item: string; amount: number | null; channel: string }[]>();
    for (const { at, ...event } of company.events) {
      const dated = { ...event, day: millis(at) / DAY };
      eventsOf.set(event.customerId, [...(eventsOf.get(event.customerId) ?? []), dated]);
    }
    const rows = company.campaign.rows.map(({ customerId, contacted, responded }) => {
      const standing = standingAt(customerOf.get(customerId)!, eventsOf.get(customerId)!, dayOf(company.campaign.asOf));
      const added = Object.fromEntries(Object.keys(responding.contact).map((name) => [`contact ${name}`, contacted ? (name === 'intercept' ? 1 : standing[name as keyof typeof standing]) : 0]));
      return { responded, ...standing, ...added } as { responded: boolean } & Record<string, number | boolean>;
    });
    const { intercept, ...alone } = responding.alone;
    const truth: Record<string, number> = { ...alone, ...Object.fromEntries(Object.entries(responding.contact).map(([name, value]) => [`contact ${name}`, value])) };
    const model = fitLogisticRegression(rows, { target: 'responded', features: Object.keys(truth) });
    expect(model.coefficients).toHaveLength(Object.keys(truth).length + 1);
    for (const { name, estimate, standardError } of model.coefficients) {
      expect(Math.abs(estimate - (truth[name] ?? intercept)), name).toBeLessThan(4 * standardError!);
    }
    // The figures are sharp enough to tell the strong effects from none.
    for (const name of ['recency', 'frequency', 'contact newsletter', 'contact complaint']) expect(Math.abs(model.coefficients.find((found) => found.name === name)!.z!)).toBeGreaterThan(2);
  });

  it('writes the campaign into the log: its contacts on the day, its boxes within the window', () => {
    const boxes = company.events.filter((event) => event.item === 'box');
    const responders = company.campaign.rows.filter((row) => row.responded);
    expect(boxes.map((event) => event.customerId).sort()).toEqual(responders.map((row) => row.customerId).sort());
    const until = isoDate(dayOf(company.campaign.asOf) + company.campaign.windowDays);
    expect(boxes.every((event) => event.at >= company.campaign.asOf && event.at < until)).toBe(true);
    expect(responders.every((row) => row.revenue > 24) && company.campaign.rows.every((row) => row.responded || row.revenue === 0)).toBe(true);
    const contacts = company.events.filter((event) => event.item === 'campaign');
    expect(contacts.length).toBe(company.campaign.rows.filter((row) => row.contacted).length);
    expect(contacts.every((event) => event.at.slice(0, 10) === company.campaign.asOf)).toBe(true);
  });

  it('signs no contract before what it requires, and cards at their rate', () => {
    const since = new Map(company.holdings.map((row) => [`${row.customerId} ${row.product}`, millis(row.since)]));
    for (const row of company.holdings) {
      const rule = contractRules.find(({ product }) => product === row.product)!;
      // A minute of slack: the log is kept to the minute.
      for (const product of rule.requires) expect(millis(row.since) - since.get(`${row.customerId} ${product}`)!).toBeGreaterThan(rule.waitDays * DAY - 60_000);
    }
    const card = contractRules.find(({ product }) => product === 'card')!;
    const stayed = company.customers.filter(({ customerId, joinedAt }) => millis(joinedAt) < millis('2025-06-01') && !departedAt.has(customerId));
    expectNoDrift(
      stayed.map((customer) => {
        const signed = since.get(`${customer.customerId} card`) ?? Infinity;
        return Number(signed < millis(customer.joinedAt) + 366 * DAY) - 1 + Math.exp(-366 * baseRatePerDay(card, contractAttributes(customer)));
      }),
    );
  });

  it('takes vouchers at the rates of the price test', () => {
    expectNoDrift(
      company.priceTest.rows.map((row) => {
        const { price } = truthOf.get(row.customerId)!;
        return Number(row.accepted) - logistic(price.acceptance - price.elasticity * Math.log(row.price / company.priceTest.listPrice));
      }),
    );
    const [segment] = segments;
    expect(acceptanceProbability({ segment: segment! } as Parameters<typeof acceptanceProbability>[0], 100)).toBeCloseTo(logistic(segment!.price.acceptance), 12);
  });

  it('asks a tenth of the members for their wallet, who are right on average', () => {
    const { rows } = company.survey;
    expect(rows.every(({ customerId }) => !departedAt.has(customerId))).toBe(true);
    const members = company.customers.length - departedAt.size;
    expect(Math.abs(rows.length - surveying.share * members)).toBeLessThan(4 * Math.sqrt(surveying.share * members));
    expectNoDrift(rows.map(({ customerId, declared }) => declared / truthOf.get(customerId)!.wallet - 1));
  });

  it('is inactive who dropped out or left, and values only the active', () => {
    for (const truth of company.truth.customers) {
      expect(truth.active).toBe(truth.departedAt === null && truth.droppedOutAt === null);
      expect(truth.active ? truth.expectedTicketsNextYear > 0 : truth.expectedTicketsNextYear === 0).toBe(true);
      expect(truth.active).toBe(truth.shareOfWallet > 0);
      expect(truth.wallet).toBeGreaterThan(truth.spendPerYear);
      expect(truth.nextCampaign === null).toBe(truth.departedAt !== null);
      expect(truth.leavesWithin90Days > 0).toBe(truth.departedAt === null);
    }
    // Without departure the year would hold (1 - exp(-rate dropout 365)) / dropout tickets; departures take a little off.
    const active = company.truth.customers.filter((truth) => truth.active);
    const kept = mean(active.map((truth) => (truth.expectedTicketsNextYear * truth.dropoutProbability) / -Math.expm1(-truth.ticketsPerDay * truth.dropoutProbability * 365)));
    expect(kept).toBeGreaterThan(0.85);
    expect(kept).toBeLessThan(1);
  });

  it('promises signatures only for what is neither held nor barred', () => {
    for (const truth of company.truth.customers.slice(0, 500)) {
      const held = new Set(company.holdings.filter((row) => row.customerId === truth.customerId).map((row) => row.product));
      for (const rule of contractRules) {
        const probability = truth.signsWithin90Days[rule.product];
        expect(probability === undefined).toBe(held.has(rule.product));
        if (truth.departedAt !== null || rule.requires.some((product) => !held.has(product))) expect(probability ?? 0).toBe(0);
      }
    }
  });
});

describe('drawDeparture', () => {
  it('spends a unit exponential of hazard, whatever the changes on the way', () => {
    const random = createRandom(11);
    const customer = company.customers.find((row) => row.plan === 'basic')!;
    const joined = 100;
    const exposure = { joined, contractDays: [300, 2000], complaintDays: [500] };
    const spent = Array.from({ length: 4000 }, () => {
      const left = drawDeparture(random, customer, exposure, 1e7);
      const knots = [joined, 300, 500, 560, 2000].filter((day) => day < left).concat(left);
      return knots.slice(1).reduce((sum, day, i) => sum + Math.exp(leavingLogRisk(customer, exposure, knots[i]!)) * (baselineHazard(day - joined) - baselineHazard(knots[i]! - joined)), 0);
    });
    expectNoDrift(spent.map((value) => value - 1));
    expectNoDrift(spent.map((value) => Number(value > 1) - Math.exp(-1)));
  });
});

describe('draws', () => {
  const sample = (draw: () => number): number[] => Array.from({ length: 20_000 }, draw);
  it.each([0.4, 1, 3.7])('gamma of shape %s has its mean and variance', (shape) => {
    const random = createRandom(1);
    const values = sample(() => gamma(random, shape, 2));
    expectNoDrift(values.map((value) => value - shape / 2));
    expectNoDrift(values.map((value) => (value - shape / 2) ** 2 - shape / 4));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
  });

  it('exponential, beta and Poisson have their means, and a rate of 0 never happens', () => {
    const random = createRandom(2);
    expectNoDrift(sample(() => exponential(random, 4)).map((value) => value - 0.25));
    expectNoDrift(sample(() => beta(random, 0.9, 7)).map((value) => value - 0.9 / 7.9));
    const counts = sample(() => poisson(random, 1.3));
    expectNoDrift(counts.map((value) => value - 1.3));
    expectNoDrift(counts.map((value) => (value - 1.3) ** 2 - 1.3));
    expect(exponential(random, 0)).toBe(Infinity);
  });

  it('choose follows the weights, and never takes weight 0', () => {
    const random = createRandom(3);
    const chosen = Array.from({ length: 20_000 }, () => choose(random, ['a', 'b', 'c'], [1, 0, 3]));
    expect(chosen).not.toContain('b');
    expectNoDrift(chosen.map((value) => Number(value === 'c') - 0.75));
  });
});

describe('the seasonal calendar', () => {
  it('passes a year in a year, whatever its start, and December faster', () => {
    for (const from of [19_700, 19_800.5, 20_000]) expect(addSeasonalDays(from, 365.25)).toBeCloseTo(from + 365.25, 6);
    const december = dayOf('2024-12-01');
    expect(addSeasonalDays(december, 30) - december).toBeLessThan(27);
    expect(addSeasonalDays(december, 0)).toBe(december);
  });

  it('writes moments in UTC to the minute', () => {
    expect(isoInstant(dayOf('2024-02-29') + 0.5 + 0.9 / 1440)).toBe('2024-02-29T12:00:00.000Z');
  });
});
