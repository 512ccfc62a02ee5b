import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventLog } from '../../../src/data/eventLog.js';
import { normalQuantile } from '../../../src/numeric/normal.js';
import { Journeys } from '../../../src/paths/journeys/journeys.js';
import { commonOddsRatio, conditionalP } from '../../../src/paths/outcomes/stratifiedTables.js';
import { timeToOutcome, type OutcomeTimesOptions } from '../../../src/paths/outcomes/timeToOutcome.js';
import { errorCode } from '../../errorCode.js';

const DAY = 86_400_000;
const Z = -normalQuantile((1 - 0.95) / 2);
type Row = readonly [id: number, day: number, what: string];

const logOf = (rows: readonly Row[], until = 100): EventLog =>
  EventLog.fromRows(rows.map(([id, day, what]) => ({ id, at: day * DAY, what })), { customer: 'id', time: 'at', item: 'what' }, { observedUntil: until * DAY });

// Who complained when, and had the outcome when, of 8 customers seen from day 0 to day 100.
const OUT = [20, null, 35, 60, null, 80, 50, null];
const COMPLAINT = [10, 30, null, 40, null, null, 45, 70];
const EIGHT = OUT.flatMap((out, id): Row[] => [[id, 0, 'join'], ...(COMPLAINT[id] === null ? [] : [[id, COMPLAINT[id]!, 'complaint'] as const]), ...(out === null ? [] : [[id, out, 'out'] as const])]);
const COMPLAINED: OutcomeTimesOptions = { outcome: 'out', after: [{ steps: ['complaint'] }], horizon: [{ days: 5 }, { days: 15 }, { days: 60 }, { days: 90 }] };

describe('timeToOutcome', () => {
  it('has the curve and log-log interval of R survfit from the moment the path is complete', () => {
    const [state] = timeToOutcome(logOf(EIGHT), COMPLAINED).states;
    expect([state!.steps, state!.entered, state!.outcomes, state!.medianDays]).toEqual([[['complaint']], 5, 3, 20]);
    expect(Array.from(state!.curve.days)).toEqual([5, 10, 20]);
    expect(Array.from(state!.curve.atRisk)).toEqual([5, 4, 3]);
    // survfit(Surv(c(10, 70, 20, 5, 30), c(1, 0, 1, 1, 0)) ~ 1, conf.type = "log-log") of survival 3.5-3
    [[0.2, 0.0308202111333, 0.796190736732], [0.4, 0.1182435926065, 0.874269817006], [0.6, 0.2471842086412, 0.948024249623]].forEach(([share, lower, upper], i) => {
      expect(state!.curve.share[i]).toBeCloseTo(share!, 12);
      expect(state!.curve.lower[i]).toBeCloseTo(lower!, 11);
      expect(state!.curve.upper[i]).toBeCloseTo(upper!, 11);
    });
    expect(state!.within.map(({ days, share }) => [days, share?.estimate])).toEqual([[5, state!.curve.share[0]], [15, state!.curve.share[1]], [60, state!.curve.share[2]], [90, undefined]]);
  });

  it('compares hazards as Cox regression with the path as a covariate in time does: its score test is that of Mantel and Byar', () => {
    const [state] = timeToOutcome(logOf(EIGHT), COMPLAINED).states;
    // R 4.2.2: mantelhaen.test(a, correct = FALSE) of the five risk sets; coxph(Surv(start, stop, event) ~ x) has the same score statistic, 1.826055570868
    [state!.hazardRatio!.estimate, state!.hazardRatio!.lower, state!.hazardRatio!.upper].forEach((figure, i) => expect(figure).toBeCloseTo([3.072222222222, 0.467957749565, 20.169661452323][i]!, 9));
    // mantelhaen.test(a, exact = TRUE, alternative = "greater"), doubled
    expect(state!.p).toBeCloseTo(2 * 0.194642857143, 11);
  });

  it('describes everybody from their first step', () => {
    const { all, states } = timeToOutcome(logOf(EIGHT), { outcome: 'out' });
    expect(states).toEqual([]);
    expect([all.steps, all.entered, all.outcomes, all.medianDays, all.hazardRatio, all.p]).toEqual([[], 8, 5, 60, null, null]);
    expect(Array.from(all.curve.share, (share) => Math.round(share * 8))).toEqual([1, 2, 3, 4, 5]);
    expect(all.within.map(({ days, share }) => [days, share && Math.round(share.estimate * 8)])).toEqual([[30, 1], [90, 5], [365, null]]);
  });

  it('shares out what competes; together with those without any it is all', () => {
    const rows = Array.from({ length: 30 }, (_, id): Row[] => [[id, 0, 'start'], [id, 1, 'visit'], [id, 3 + id, id % 3 === 0 ? 'out' : id % 3 === 1 ? 'buy' : 'visit']]).flat();
    const { states: [state] } = timeToOutcome(logOf(rows), { outcome: 'out', competing: 'buy', after: [{ steps: ['start', 'visit'] }], horizon: { days: 20 } });
    expect([state!.outcomes, state!.competing.map(({ item, count }) => [item, count])]).toEqual([10, [['buy', 10]]]);
    const [share, bought] = [state!.within[0]!.share!, state!.within[0]!.competing[0]!];
    // Nobody is censored by then: plain shares of 30.
    expect(share.estimate).toBeCloseTo(7 / 30, 12);
    expect(bought.estimate).toBeCloseTo(6 / 30, 12);
    expect(share.lower < share.estimate && share.estimate < share.upper).toBe(true);
  });

  it('leaves out who had the outcome before the path, and takes the earlier of two ends', () => {
    const rows: Row[] = [[1, 0, 'a'], [1, 5, 'out'], [1, 9, 'b'], [2, 0, 'a'], [2, 3, 'b'], [2, 4, 'buy'], [2, 8, 'out'], [3, 0, 'out'], [3, 1, 'b'], [4, 0, 'a'], [4, 2, 'b'], [4, 6, 'out'], [4, 6, 'buy']];
    const { all, states: [state] } = timeToOutcome(logOf(rows), { outcome: 'out', competing: ['buy'], after: [{ steps: ['b'] }] });
    expect([all.entered, all.outcomes, all.competing[0]!.count]).toEqual([3, 2, 1]);
    expect([state!.entered, state!.outcomes, state!.competing[0]!.count]).toEqual([2, 1, 1]);
  });

  it('counts who is in the state at each outcome as the definition does: the path within the lookback before, and within its limits', () => {
    const rowsOf = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 20 }), fc.constantFrom('a', 'b', 'out')), { minLength: 3, maxLength: 22 });
    const paths = fc.constantFrom([['a']], [['a'], ['b']], [['b'], ['b']], [['a', 'b']]);
    fc.assert(fc.property(rowsOf, paths, fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }), fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }), (drawn, path, lookback, maxGap) => {
      const rows: Row[] = [...Array.from({ length: 6 }, (_, id): Row => [id, -(id % 2), 'start']), ...drawn];
      if (!['a', 'b', 'out'].every((item) => rows.some(([, , what]) => what === item))) return;
      const { states: [state] } = timeToOutcome(logOf(rows, 30), { outcome: 'out', after: [{ steps: path }], ...(lookback !== undefined && { lookback: { days: lookback } }), ...(maxGap !== undefined && { maxGap: { days: maxGap } }) });
      const has = (id: number, day: number, items: readonly string[]): boolean => items.every((item) => rows.some(([who, at, what]) => who === id && at === day && what === item));
      const inState = (id: number, day: number): boolean => {
        const days = Array.from({ length: 24 }, (_, i) => i - 1).filter((at) => at < day && at >= day - (lookback ?? 99));
        return days.some((end) => has(id, end, path.at(-1)!) && (path.length === 1 || days.some((at) => at < end && end - at <= (maxGap ?? 99) && has(id, at, path[0]!))));
      };
      const people = Array.from({ length: 6 }, (_, id) => {
        const out = Math.min(...rows.filter(([who, , what]) => who === id && what === 'out').map(([, day]) => day));
        return { id, start: -(id % 2), end: Math.min(out, 30), had: out < 30 };
      });
      const times = [...new Set(people.filter(({ had }) => had).map(({ start, end }) => end - start))].sort((a, b) => a - b);
      const sets = times.map((time) => people.filter(({ start, end }) => end - start >= time).map(({ id, start, end, had }) => ({ isCase: had && end - start === time, isIn: inState(id, start + time) })));
      const count = (test: (one: { isCase: boolean; isIn: boolean }) => boolean): number[] => sets.map((set) => set.filter(test).length);
      const tables = { casesWith: count(({ isCase, isIn }) => isCase && isIn), controlsWith: count(({ isCase, isIn }) => !isCase && isIn), cases: count(({ isCase }) => isCase), controls: count(({ isCase }) => !isCase) };
      expect(state!.hazardRatio).toEqual(commonOddsRatio(tables, Z));
      expect(state!.p).toBe(state!.hazardRatio && conditionalP(tables));
      const entered = people.filter(({ id, end }) => Array.from({ length: 22 }, (_, i) => i).some((day) => day <= end && inState(id, day)));
      expect(state!.entered).toBe(entered.length);
    }), { seed: 20261122, numRuns: 500 });
  });

  it('has no ratio of hazards where nobody came to the state, everybody is in it, or nobody had the outcome', () => {
    const ratioOf = (rows: readonly Row[], ...steps: string[]): unknown => {
      const [state] = timeToOutcome(logOf(rows), { outcome: 'out', after: [{ steps }] }).states;
      return [state!.hazardRatio, state!.p];
    };
    const rows: Row[] = Array.from({ length: 30 }, (_, id): Row[] => [[id, 0, 'a'], [id, 2, 'b'], ...(id % 2 === 0 ? [[id, 5 + id, 'out'] as const] : [])]).flat();
    expect(ratioOf(rows, 'b', 'a')).toEqual([null, null]);
    expect(ratioOf(rows, 'a', 'b')).toEqual([null, null]);
    expect(ratioOf([[1, 0, 'out'], [2, 0, 'a'], [2, 1, 'b'], [3, 0, 'a']], 'b')).toEqual([null, null]);
    expect(ratioOf([...rows, [31, 0, 'c']], 'b')).not.toContain(null);
  });

  it('counts an outcome at the end of the observation, and those at the first step apart', () => {
    const log = logOf([[1, 0, 'a'], [1, 10, 'out'], [2, 0, 'out'], [3, 0, 'a']]);
    const members = Journeys.fromLog(log, { observedUntil: { customers: [1], values: Float64Array.of(10 * DAY) } });
    const { all, withoutHistory } = timeToOutcome(members, { outcome: 'out' });
    expect([all.entered, all.outcomes, withoutHistory]).toEqual([2, 1, 1]);
  });

  it('refuses the outcome as what competes with it', () => {
    const log = logOf([[1, 0, 'a'], [1, 5, 'out'], [2, 0, 'b']]);
    const code = (outcome: OutcomeTimesOptions['outcome'], competing: string | string[]): string => errorCode(() => timeToOutcome(log, { outcome, competing }));
    expect([code('out', 'out'), code(['b', 'out'], ['a', 'out']), code({ item: 'out' }, 'out'), code({ item: ['b', 'out'] }, ['out']), code('out', ['a', 'a'])]).toEqual(new Array(5).fill('INVALID_OPTION'));
    expect([code('out', 'a'), code({ item: 'out', minAmount: 5 } as object, 'a')]).toContain('none');
    expect(() => timeToOutcome(log, { outcome: 'out', competing: 'out' })).toThrow("timeToOutcome needs competing items other than the outcome, each once, found 'out' again; leave it out");
  });

  it('refuses what it cannot read', () => {
    const log = logOf(EIGHT);
    const code = (change: object, source: unknown = log): string => errorCode(() => timeToOutcome(source as EventLog, { ...COMPLAINED, ...change }));
    expect(code({})).toBe('none');
    for (const wrong of [{ horizon: { months: 1 } }, { horizon: [{ days: 0 }] }, { lookback: { days: 0 } }, { confidence: 0 }, { outcome: undefined }, { within: 1 }, { minGap: { days: 3 }, maxGap: { days: 2 } }]) {
      expect([wrong, code(wrong)]).toEqual([wrong, 'INVALID_OPTION']);
    }
    expect(code({ competing: 'nothing' })).toBe('UNKNOWN_ID');
    expect(code({ after: [{ steps: ['nothing'] }] })).toBe('UNKNOWN_ID');
    expect(code({ after: ['complaint'] })).toBe('INVALID_INPUT');
    expect(code({}, Journeys.fromLists([['complaint', 'out']]))).toBe('INVALID_INPUT');
    expect(code({}, Journeys.fromLog(log, { weights: { customers: [1], values: Float64Array.of(2) } }))).toBe('INVALID_INPUT');
  });
});
