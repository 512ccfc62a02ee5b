import { EventLog } from 'clientela/data';
import { BgCnbdK, customerSummary, fitBgCnbdK, fitMbgCnbdK, MbgCnbdK, purchaseRegularity, simulatePurchases } from 'clientela/lifetime';
import { cpuTime, line, peerLine, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** The climb over k beside scipy doing what BTYDplus does; what the model answers; the regularity of each customer. */
export function run() {
  const lines = [];
  const given = { unit: 'week', k: 2, r: 1.3, alpha: 2.8, a: 0.5, b: 1.2 };
  for (const [title, first, fit, Model] of [['BG', 0, fitBgCnbdK, BgCnbdK], ['MBG', 1, fitMbgCnbdK, MbgCnbdK]]) {
    for (const count of [10_000, 100_000]) {
      const { events } = simulatePurchases(Model.fromParameters(given), { customers: count, observation: { weeks: 52 }, arrivals: { weeks: 12 }, seed: 5 });
      const log = EventLog.fromColumns(events, { customer: 'customer', time: 'time' });
      const customers = customerSummary(log);
      const { frequency, recency, tenure, sumLogGaps } = customers;
      const { millis, result: model } = cpuTime(() => fit(customers), 3);
      const peer = pythonPeer('cnbd.py', first, ...[frequency, recency, tenure, sumLogGaps].map((values, i) => shareNumbers(`c${i}.f64`, values)));
      if (model.k !== 2) throw new Error(`found ${model.k} stages, not 2`);
      if (peer !== undefined && (peer.k !== model.k || peer.logLikelihood > model.fit.logLikelihood + 1e-4)) throw new Error('the peer finds a higher likelihood');
      lines.push(line(`${title}/CNBD-k, k = 1 to 3`, fit.name, count, millis, `${model.fit.distinctHistories} histories; ${ratio(millis, peer?.millis, peer?.who)}`));
      if (peer !== undefined) lines.push(peerLine(`${title}/CNBD-k, k = 1 to 3`, peer.who, count, peer.millis));
      if (first === 0) continue;
      for (const [name, answer] of [
        ['aliveProbability', () => model.aliveProbability(customers)],
        ['expectedPurchases, a year', () => model.expectedPurchases(customers, { weeks: 52 })],
        ['discountedPurchases, for ever', () => model.discountedPurchases(customers, { annualDiscountRate: 0.1 })],
        ['discountedPurchases, a year', () => model.discountedPurchases(customers, { annualDiscountRate: 0.1, horizon: { weeks: 52 } })],
        ['nextPurchase, the median', () => model.nextPurchase(customers, 0.5)],
      ]) lines.push(line('MBG/CNBD-2', name, count, cpuTime(answer, 1).millis));
      lines.push(line('regularity of the gaps', 'purchaseRegularity', count, cpuTime(() => purchaseRegularity(log), 1).millis, `${log.eventCount} events`));
    }
  }
  return lines;
}
