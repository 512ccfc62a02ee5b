import { createRandom } from 'clientela/data';
import { BetaDiscreteWeibull, fitBetaDiscreteWeibull, fitShiftedBetaGeometric, ShiftedBetaGeometric } from 'clientela/lifetime';
import { cpuTime, line, pythonPeer, ratio, shareNumbers } from '../harness.mjs';

/** Customers one by one, who leave with a probability that is the least of two uniform numbers. */
function lives(count, periods) {
  const random = createRandom(6);
  const [duration, ended] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const leaves = Math.min(random.uniform(), random.uniform());
    let t = 1;
    while (t <= periods && random.uniform() >= leaves) t++;
    duration[i] = Math.min(t, periods);
    ended[i] = Number(t <= periods);
  }
  return { unit: 'month', periods: duration, ended };
}

/** Fits from the counts of one cohort beside scipy, from a million customers, and residual lifetimes. */
export function run() {
  const lines = [];
  for (const periods of [7, 60, 600]) {
    const curve = ShiftedBetaGeometric.fromParameters({ unit: 'month', alpha: 0.7, beta: 4 }).survivalCurve(periods);
    const survivors = Float64Array.from(curve, (share) => Math.round(100_000 * share));
    const renewals = { unit: 'month', cohorts: [{ survivors }] };
    const peer = pythonPeer('contractual.py', shareNumbers('survivors.f64', survivors));
    for (const [name, fit] of [['geometric', fitShiftedBetaGeometric], ['weibull', fitBetaDiscreteWeibull]]) {
      const { millis, result } = cpuTime(() => fit(renewals));
      if (!result.fit.convergence.converged) throw new Error(`${fit.name} did not converge`);
      if (peer !== undefined && peer[name].logLikelihood > result.fit.logLikelihood + 1e-4) throw new Error(`scipy finds a higher likelihood than ${fit.name}`);
      lines.push(line('one cohort, n periods', fit.name, periods, millis, `${result.fit.evaluations} evaluations; ${ratio(millis, peer?.[name].millis, peer?.who)}`));
    }
  }
  for (const count of [100_000, 1_000_000]) {
    const customers = lives(count, 24);
    lines.push(line('24 periods, customer by customer', 'fitShiftedBetaGeometric', count, cpuTime(() => fitShiftedBetaGeometric(customers)).millis));
  }
  const parameters = { unit: 'month', alpha: 0.7, beta: 4 };
  for (const model of [ShiftedBetaGeometric.fromParameters(parameters), BetaDiscreteWeibull.fromParameters({ ...parameters, shape: 1.3 })]) {
    const { millis } = cpuTime(() => {
      for (let renewals = 0; renewals < 1000; renewals++) model.residualLifetime(renewals, { annualDiscountRate: 0.1 });
    });
    lines.push(line('a thousand residual lifetimes', model.format, 1000, millis));
  }
  return lines;
}
