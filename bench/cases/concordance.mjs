import { createRandom } from 'clientela/data';
import { concordance, concordanceIndex, survivalBrier, timeDependentAuc } from 'clientela/evaluation';
import { cpuTime, line, peerLine, pythonPeer, rPeer, ratio, shareNumbers } from '../harness.mjs';

/** Exponential lifetimes with hazard exp(risk) / 100, observed for up to a year. */
function sample(count) {
  const random = createRandom(5);
  const [durations, risks, events] = [new Float64Array(count), new Float64Array(count), new Uint8Array(count)];
  for (let i = 0; i < count; i++) {
    risks[i] = random.normal();
    const life = (-100 * Math.log(1 - random.uniform())) / Math.exp(risks[i]);
    const end = 365 * random.uniform();
    durations[i] = Math.min(life, end);
    events[i] = life <= end ? 1 : 0;
  }
  return { durations, events, risks };
}

const same = (what, found, right, within = 1e-9) => {
  if (right !== undefined && !(Math.abs(found - right) < within)) throw new Error(`${what}: ${found} against ${right}`);
};

/** Concordance without and with its error, and areas and Brier scores at ten times, beside R, lifelines and scikit-survival. */
export function run() {
  const lines = [];
  for (const [count, bar] of [[10_000, undefined], [100_000, 40], [1_000_000, 600]]) {
    const { durations, events, risks } = sample(count);
    const kinds = { continuous: durations, days: durations.map(Math.ceil) };
    for (const [kind, ends] of Object.entries(kinds)) {
      const shared = [shareNumbers('times.f64', ends), shareNumbers('events.u8', events), shareNumbers('risks.f64', risks)];
      const r = rPeer('concordance.R', ...shared);
      const times = Array.from({ length: 10 }, (_, i) => 30 * (i + 1));
      const python = kind === 'continuous' ? pythonPeer('concordance.py', ...shared, times.join(',')) : undefined;
      const note = bar === undefined ? '' : `bar ${bar} ms; `;
      const plain = cpuTime(() => concordanceIndex(ends, events, risks));
      const full = cpuTime(() => concordance(ends, events, risks));
      same('concordance', plain.result, r?.estimate);
      same('its error', full.result.standardError, r?.standardError);
      same('concordance of lifelines', plain.result, python?.estimate);
      lines.push(line(`${kind}, figure alone`, 'concordanceIndex', count, plain.millis, `${note}${ratio(plain.millis, r?.plain, r?.who)}`));
      lines.push(line(`${kind}, with error`, 'concordance', count, full.millis, `${note}${ratio(full.millis, r?.full, r?.who)}`));
      if (r !== undefined) lines.push(peerLine(`${kind}, figure alone`, r.who, count, r.plain), peerLine(`${kind}, with error`, r.who, count, r.full));
      if (python !== undefined) lines.push(peerLine(`${kind}, figure alone`, python.who, count, python.millis));
      if (kind === 'days') continue;
      const hazards = risks.map((risk) => 0.01 * Math.exp(risk));
      const promised = times.map((time) => hazards.map((hazard) => Math.exp(-hazard * time)));
      const judged = cpuTime(() => [timeDependentAuc(ends, events, risks, { times }), survivalBrier(ends, events, promised, { times })]);
      times.forEach((_, i) => {
        // scikit-survival takes risks closer than 1e-8 for equal.
        same('area', judged.result[0].at[i].estimate, python?.auc?.[i], 1e-7);
        same('Brier score', judged.result[1].at[i].estimate, python?.brier?.[i]);
      });
      const horizonBar = count === 100_000 ? 'bar 100 ms; ' : '';
      lines.push(line('areas, Brier scores at 10 times', 'timeDependentAuc, survivalBrier', count, judged.millis, `${horizonBar}${ratio(judged.millis, python?.horizons, python?.sksurv)}`));
      if (python?.horizons !== undefined) lines.push(peerLine('areas, Brier scores at 10 times', python.sksurv, count, python.horizons));
    }
  }
  return lines;
}
