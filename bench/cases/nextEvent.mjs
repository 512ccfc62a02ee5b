import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { evaluateNextEvent, fitNextEvent, Journeys } from 'clientela/paths';
import { cpuTime, line } from '../harness.mjs';

const folder = resolve(import.meta.dirname, '../../../shared');

/** Sequences of SPMF; identifiers of equal length, so that names come in the order of numbers. */
function readJourneys(name) {
  const plain = `${folder}/data/paths/spmf/${name}.spmf.txt`;
  const text = existsSync(plain) ? readFileSync(plain, 'utf8') : gunzipSync(readFileSync(`${plain}.gz`)).toString();
  const lines = text.split('\n').filter((found) => /^\d/.test(found));
  return Journeys.fromLists(lines.map((found) => found.split(' ').filter((token) => token !== '' && !token.startsWith('-')).map((token) => token.trim().padStart(9, '0'))));
}

/** Last events foretold from the others beside Markov chains of order 0 to 3 with back-off (hits of notes/paths.md, §4.4), and the time to learn. */
export async function run() {
  const golden = `${folder}/golden/paths/golden.json`;
  if (!existsSync(golden)) {
    console.log('  left out: there is no ../shared');
    return [];
  }
  const baselines = JSON.parse(readFileSync(golden, 'utf8')).nextEvent_lastEventHoldout_top1_top5;
  const lines = [];
  for (const name of ['sign', 'leviathan', 'kosarak10k', 'bms1', 'msnbc']) {
    const journeys = readJourneys(name);
    const { n, ...orders } = baselines[name];
    const { model, popularity } = evaluateNextEvent(journeys);
    const best = [0, 1].map((i) => Math.max(...Object.values(orders).map((hits) => hits[i])));
    const hits = [model.hit1, model.hit5].map((share) => Math.round(share * n));
    if (!hits.every((count, i) => count > best[i])) throw new Error(`${name}: a single order hits as often`);
    const fit = cpuTime(() => fitNextEvent(journeys), 3);
    const bytes = JSON.stringify(fit.result).length;
    lines.push(line(name, 'fitNextEvent', n, fit.millis, `hits ${hits.join('/')} of ${n}, single orders at most ${best.join('/')}; log loss ${model.logLoss.toFixed(3)}, popularity ${popularity.logLoss.toFixed(3)}; ${(bytes / 1e6).toFixed(1)} MB of JSON`));
    const predict = cpuTime(() => fit.result.predict(journeys), 3);
    lines.push(line(`${name}, best five of each`, 'NextEvent.predict', n, predict.millis));
  }
  return lines;
}
