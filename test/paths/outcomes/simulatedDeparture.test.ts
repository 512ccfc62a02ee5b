import { describe, expect, it } from 'vitest';
import { simulateCompany } from '../../../examples/company/index.mjs';
import { EventLog } from '../../../src/data/eventLog.js';
import { createRandom } from '../../../src/numeric/random.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { alertRules } from '../../../src/paths/outcomes/alertRules.js';
import { matchAlerts } from '../../../src/paths/outcomes/matchAlerts.js';
import { pathsTo } from '../../../src/paths/outcomes/pathsTo.js';
import { timeToOutcome } from '../../../src/paths/outcomes/timeToOutcome.js';

const DAY = 86_400_000;
const company = simulateCompany({ customers: 5000, seed: 7 });
const log = EventLog.fromRows(company.events, { customer: 'customerId', time: 'at', item: 'item', amount: 'amount', channel: 'channel' }, { observedUntil: company.end });
const departed = new Map(company.events.filter(({ type }) => type === 'departure').map(({ customerId, at }) => [customerId, Date.parse(at)]));
const contracts = company.products.filter(({ kind }) => kind === 'contract').map(({ product }) => product);
/** The law: a complaint raises the hazard by exp(1.8) for 60 days. */
const TRUTH = Math.exp(1.8);

/** Who has left cannot buy: observed until the departure. */
const members = Journeys.fromLog(log, { observedUntil: { customers: [...departed.keys()], values: Float64Array.from(departed.values()) } });

describe('the paths to departure of the simulated company', () => {
  const found = pathsTo(log, { outcome: 'membership', lookback: { days: 60 }, controls: 8 });

  it('are led by the complaint, with the ratio of hazards of the law in its interval', () => {
    const [first] = found.paths;
    expect(first!.steps).toEqual([['complaint']]);
    expect(first!.adjustedOddsRatio.estimate / TRUTH).toBeGreaterThan(0.8);
    expect(first!.adjustedOddsRatio.estimate / TRUTH).toBeLessThan(1.25);
    expect(first!.adjustedOddsRatio.lower).toBeLessThan(TRUTH);
    expect(first!.adjustedOddsRatio.upper).toBeGreaterThan(TRUTH);
    // The hazard is raised evenly over 60 days.
    expect(Math.abs(first!.leadDays!.median - 30)).toBeLessThan(6);
    expect(found.caseCount).toBe(departed.size);
  });

  it('hold nothing else that raises it', () => {
    expect(found.paths.filter(({ q, direction }) => q < 0.05 && direction === 'raises').map(({ steps }) => steps)).toEqual([[['complaint']]]);
  });

  it('hold nothing at all where who leaves, and when, is drawn by lot', () => {
    const random = createRandom(20261122);
    const discoveries = Array.from({ length: 8 }, () => {
      const values = Float64Array.from(members.customers, (_, c) => {
        const [first, until] = [members.times![members.offsets[c]!]!, members.until![c]!];
        const [is, share] = [random.uniform() < 0.12, random.uniform()];
        return is ? first + share * (until - first) : NaN;
      });
      return pathsTo(members, { outcome: { customers: members.customers, values }, lookback: { days: 60 } }).paths.filter(({ q }) => q < 0.05).length;
    });
    // 5 % of such draws may hold one.
    expect(discoveries.filter((count) => count > 0).length).toBeLessThanOrEqual(1);
  });

  it('make an alarm whose precision is the share that left', () => {
    const asOf = Date.parse(company.end) - 120 * DAY;
    const before = log.between({ to: asOf });
    const alerts = alertRules(pathsTo(before, { outcome: 'membership', lookback: { days: 60 }, controls: 8 }), { horizon: { days: 30 }, minLift: 2 });
    expect(alerts.rules.map(({ steps }) => steps)).toEqual([[['complaint']]]);
    const rings = matchAlerts(before, alerts, { asOf });
    const leaves = ({ customer }: { customer: string | number }): boolean => (departed.get(String(customer)) ?? Infinity) < asOf + 30 * DAY;
    expect(rings.length).toBeGreaterThan(50);
    expect(rings.every(({ customer }) => (departed.get(String(customer)) ?? Infinity) >= asOf)).toBe(true);
    const [share, precision] = [rings.filter(leaves).length / rings.length, alerts.rules[0]!.precision];
    expect(Math.abs(share - precision.estimate)).toBeLessThan(3 * Math.sqrt((precision.estimate * (1 - precision.estimate)) / rings.length));
    expect(precision.estimate).toBeGreaterThan(4 * alerts.baseShare);
  });

  it('come as fast after a complaint as the law says, whoever is compared as long after joining', () => {
    const { states: [complained], all } = timeToOutcome(log, { outcome: 'membership', after: [{ steps: ['complaint'] }], lookback: { days: 60 }, horizon: { days: 60 } });
    expect(complained!.hazardRatio!.lower).toBeLessThan(TRUTH);
    expect(complained!.hazardRatio!.upper).toBeGreaterThan(TRUTH);
    expect(complained!.p!).toBeLessThan(1e-20);
    expect(complained!.within[0]!.share!.lower).toBeGreaterThan(3 * all.within[0]!.share!.upper);
  });
});

describe('the paths to a contract of the simulated company', () => {
  it('are led by the quote, 2 to 20 days before', () => {
    const found = pathsTo(members, { outcome: contracts, outcomes: 'every', lookback: { days: 30 }, top: 5 });
    const [quote] = found.paths;
    expect(quote!.steps).toEqual([['quote']]);
    // 60 % of the contracts have one of their own; quotes of another contract signed between are cut off.
    expect(quote!.caseShare).toBeGreaterThan(0.5);
    expect(quote!.caseShare).toBeLessThan(0.65);
    const { p10, median, p90 } = quote!.leadDays!;
    expect(Math.abs(p10 - 3.8)).toBeLessThan(0.5);
    expect(Math.abs(median - 11)).toBeLessThan(0.5);
    expect(Math.abs(p90 - 18.2)).toBeLessThan(0.5);
  });
});
