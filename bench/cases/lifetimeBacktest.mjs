import { backtestPurchases, BgNbd, fitBgNbd, forecastPortfolio, LifetimeValue, simulatePurchases } from 'clientela/lifetime';
import { cpuTime, line } from '../harness.mjs';

/** No peer has these in one: a law judged on what followed, and a plan of twelve months with intervals. */
export async function run() {
  const lines = [];
  const truth = BgNbd.fromParameters({ unit: 'week', r: 0.25, alpha: 4.4, a: 0.8, b: 2.4 });
  for (const customers of [2357, 10_000, 100_000]) {
    const drawn = cpuTime(() => simulatePurchases(truth, { customers, observation: { weeks: 39 }, holdout: { weeks: 39 } }), 1);
    lines.push(line('customers drawn, with what follows', 'simulatePurchases', customers, drawn.millis));
    const company = drawn.result;
    const judged = cpuTime(() => backtestPurchases(company, { fit: fitBgNbd }), 1);
    lines.push(line('learnt, forecast and held against what followed', 'backtestPurchases', customers, judged.millis, judged.result.verdict.outcome));
    // Days instead of moments, as in a log: equal histories are computed once.
    const inDays = (times) => times.map((time) => Math.ceil(time * 7) / 7);
    const histories = { unit: 'week', frequency: company.frequency, recency: inDays(company.recency), tenure: inDays(company.tenure) };
    const model = LifetimeValue.fromLaws({ buying: fitBgNbd(histories) }, { meanSpend: 40, margin: 0.3 });
    lines.push(line('twelve months, with intervals', 'forecastPortfolio', customers, cpuTime(() => forecastPortfolio(model, histories, { asOf: '2026-01-01', periods: 12, newCustomers: { perPeriod: 100 } }), 1).millis));
  }
  return lines;
}
