import { aalenJohansen, grayTest, kaplanMeier, logRank, nelsonAalen } from 'clientela/churn';
import { createRandom } from 'clientela/data';
import { cpuTime, line, peerLine, pythonPeer, rPeer, ratio, shareNumbers } from '../harness.mjs';

/** Three causes at constant rates, the first faster in later groups; observed for a year. In days or in continuous time. */
function sample(count, inDays) {
  const random = createRandom(5);
  const wait = (rate) => -Math.log(1 - random.uniform()) / rate;
  const [months, cause, left, plan] = [new Float64Array(count), new Float64Array(count), new Uint8Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    plan[i] = random.integer(3);
    const times = [365 * random.uniform(), wait(0.002 * (1 + 0.1 * plan[i])), wait(0.002), wait(0.001)];
    months[i] = Math.min(...times);
    cause[i] = times.indexOf(months[i]);
    left[i] = cause[i] > 0 ? 1 : 0;
    if (inDays) months[i] = Math.ceil(months[i]);
  }
  return { months, cause, left, plan };
}

/** R's survival, in C: undefined where there is no Rscript with it. */
const survivalPeer = (paths, count, states) => rPeer('survivalCurves.R', ...paths, count, states ? 1 : 0);

const agree = (what, found, wanted, within) => {
  if (wanted !== undefined && Math.abs(found / wanted - 1) > within) throw new Error(`${what}: ${found}, of the peer ${wanted}`);
};

/** Curves and their tests, through the public door. */
export function run() {
  const lines = [];
  for (const [count, inDays] of [[10_000, true], [100_000, true], [1_000_000, true], [10_000, false], [100_000, false], [1_000_000, false]]) {
    const data = sample(count, inDays);
    const columns = { duration: 'months', event: 'left' };
    const what = inDays ? 'days' : 'continuous';
    const paths = ['months', 'cause', 'plan'].map((name) => shareNumbers(`${name}.f64`, data[name]));
    // Of a million continuous times R takes minutes for its matrix of states.
    const states = inDays ? count <= 100_000 : count <= 10_000;
    const peers = count > 100_000 ? [] : [survivalPeer(paths, count, states), pythonPeer('survivalCurves.py', ...paths, count)].filter((peer) => peer !== undefined);
    const beside = (key, millis, bar) => peers.filter((peer) => peer[key] !== undefined).map((peer) => ratio(millis, peer[key], peer.who)).concat(bar ?? []).join('; ');
    const km = cpuTime(() => kaplanMeier(data, columns));
    lines.push(line(`Kaplan-Meier, ${what}`, 'kaplanMeier', count, km.millis, beside('km', km.millis, count === 100_000 ? 'bar 30 ms' : undefined)));
    lines.push(line(`Nelson-Aalen, ${what}`, 'nelsonAalen', count, cpuTime(() => nelsonAalen(data, columns)).millis));
    const rank = cpuTime(() => logRank(data, { ...columns, by: 'plan' }));
    lines.push(line(`log-rank of three groups, ${what}`, 'logRank', count, rank.millis, beside('logRank', rank.millis)));
    const causes = cpuTime(() => aalenJohansen(data, { duration: 'months', cause: 'cause' }), 3);
    lines.push(line(`Aalen-Johansen, three causes with errors, ${what}`, 'aalenJohansen', count, causes.millis, beside('aj', causes.millis)));
    if (count <= 100_000) lines.push(line(`Gray's test of three groups, ${what}`, 'grayTest', count, cpuTime(() => grayTest(data, { duration: 'months', cause: 'cause', of: 1, by: 'plan' }), 3).millis));
    for (const peer of peers) {
      for (const [name, key] of [['Kaplan-Meier', 'km'], ['log-rank of three groups', 'logRank'], ['Aalen-Johansen, three causes with errors', 'aj']]) if (peer[key] !== undefined) lines.push(peerLine(`${name}, ${what}`, peer.who, count, peer[key]));
      agree('median', km.result.median.estimate, peer.median, 1e-12);
      // survdiff takes times within 1e-8 of each other for ties.
      agree('log-rank', rank.result.statistic, peer.statistic, 1e-6);
      agree('share', causes.result.at(100).causes[0].estimate, peer.share, 1e-10);
      agree('error', causes.result.at(100).causes[0].standardError, peer.error, 1e-8);
    }
  }
  return lines;
}
