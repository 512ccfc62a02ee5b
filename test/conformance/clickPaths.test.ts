import { expect, it } from 'vitest';
import { Journeys } from '../../src/paths/journeys/journeys.js';
import { contrastPaths } from '../../src/paths/outcomes/contrastPaths.js';
import { directlyFollows } from '../../src/paths/transitions/directlyFollows.js';
import { describeWithShared, readCsv } from './shared.js';

const FILE = 'data/churn/ecom_clickstream.csv';

interface Click {
  readonly session: string;
  readonly user: string;
  readonly at: string;
  readonly event: string;
  readonly platform: string;
}

describeWithShared('what was planted in the click log of a shop', [FILE], () => {
  const clicks = readCsv(FILE).map((row): Click => ({ session: row['session_id']!, user: row['user_id']!, at: row['timestamp']!, event: row['event']!, platform: row['platform']! }));
  const sessionsOf = (some: readonly Click[], key: 'session' | 'user' = 'session'): Click[][] => {
    const sessions = new Map<string, Click[]>();
    for (const click of some) sessions.set(click[key], [...(sessions.get(click[key]) ?? []), click]);
    return [...sessions.values()];
  };
  const sessions = sessionsOf(clicks);
  const steps = (session: readonly Click[]): string[] => session.map(({ event }) => event);
  const duringIncident = ({ at }: Click): boolean => at >= '2024-05-19' && at < '2024-06-08';
  const paying = sessions.filter((session) => session.some(({ event }) => event === 'payment_details'));

  it('from payment to error, and to purchase, go the shares of the notes before, during and after the incident', () => {
    const sharesOf = (isIn: (click: Click) => boolean): (to: string) => number => {
      // Every step from payment that began in the period, as a journey of two steps.
      const pairs = sessions.flatMap((session) => session.slice(1).flatMap(({ event }, k) => (session[k]!.event === 'payment_details' && isIn(session[k]!) ? [['payment_details', event]] : [])));
      const { edges } = directlyFollows(Journeys.fromLists(pairs));
      const total = edges.reduce((sum, { n }) => sum + n, 0);
      return (to) => (edges.find((edge) => edge.to === to)?.n ?? 0) / total;
    };
    const [before, during, after] = [sharesOf(({ at }) => at < '2024-05-19'), sharesOf(duringIncident), sharesOf(({ at }) => at >= '2024-06-08')];
    expect(before('purchase')).toBeCloseTo(0.252, 3);
    expect(during('payment_error')).toBeCloseTo(0.139, 3);
    expect(during('purchase')).toBeCloseTo(0.083, 3);
    expect(after('purchase')).toBeCloseTo(0.27, 3);
  });

  it('the incident is found: sessions that came to the payment then have the error more often, and the purchase less', () => {
    const { paths } = contrastPaths(Journeys.fromLists(paying.map(steps)), paying.map((session) => duringIncident(session[0]!)), { minCount: 5, strata: 'none' });
    const of = (step: string) => paths.find((path) => path.steps.length === 1 && path.steps[0]!.join() === step);
    expect(of('payment_error')).toMatchObject({ direction: 'raises' });
    expect(of('payment_error')!.q).toBeLessThan(1e-6);
    expect(of('purchase')).toMatchObject({ direction: 'lowers' });
    expect(of('purchase')!.q).toBeLessThan(1e-6);
  });

  it('the loop of the checkout bug, weak in the data, is not called found among mobile sessions', () => {
    const mobile = sessions.filter((session) => session[0]!.platform === 'mobile' && session.some(({ event }) => event === 'shipping_details') && session[0]!.at < '2024-05-10');
    const { paths } = contrastPaths(Journeys.fromLists(mobile.map(steps)), mobile.map((session) => session[0]!.at >= '2024-04-09'), { minCount: 5, strata: 'none' });
    const loop = paths.find(({ steps: [first, second] }) => first?.join() === 'shipping_details' && second?.join() === 'add_to_cart');
    expect(loop === undefined || loop.q > 0.05).toBe(true);
  });

  it('over the whole period a payment error in the last session precedes leaving no more than chance explains, once all events are counted', () => {
    const end = Date.parse('2024-06-29T22:02:40Z');
    const users = sessionsOf(clicks, 'user');
    const last = users.map((own) => own.filter(({ session }) => session === own.at(-1)!.session));
    const lost = last.map((session) => end - Date.parse(`${session.at(-1)!.at.replace(' ', 'T')}Z`) > 30 * 86_400_000);
    expect(lost.filter(Boolean)).toHaveLength(130);
    const { paths } = contrastPaths(Journeys.fromLists(last.map(steps)), lost, { minCount: 1, maxSteps: 1, strata: 'none' });
    const error = paths.find((path) => path.steps[0]!.join() === 'payment_error')!;
    expect([error.caseCount, error.caseCount + error.controlCount]).toEqual([10, 21]);
    // Two-sided, twice the tail that the notes tell.
    expect(error.fisherP / 2).toBeCloseTo(0.0064647892, 9);
    expect(error.q).toBeGreaterThan(0.05);
  });
});
