import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Journeys, mineSequences } from 'clientela/paths';
import { cpuTime, line, quotedRatio } from '../harness.mjs';

const shared = resolve(import.meta.dirname, '../../../shared');

/**
 * Milliseconds of SPMF 2.66 on the machine of the notes (notes/paths.md, 4.4; main thread, reading and writing its files included): PrefixSpan, and its best of
 * PrefixSpan, CM-SPAM and CM-SPADE where it was another; CM-ClaSP for closed, VMSP for maximal paths. SPMF itself was not at hand (its wheel brings no jar).
 */
const SPMF = {
  sign: { 0.5: [76], 0.3: [188], 0.2: [634, 272], 0.1: [3019] },
  leviathan: { 0.1: [256], 0.05: [598], 0.03: [1241], 0.02: [2673] },
  bible: { 0.1: [530], 0.05: [1180], 0.02: [3116], 0.01: [5993] },
  bms1: { 0.001: [320], 0.0008: [703], 0.0006: [17_134] },
  msnbc: { 0.05: [959], 0.02: [2263], 0.01: [5383] },
  kosarak10k: { 0.01: [73], 0.005: [127], 0.002: [489] },
  foodmart: { 0.001: [1385], 0.0005: [12_706] },
};
const CLOSED = { bms1: { 0.0006: undefined, 0.001: 782 }, kosarak10k: { 0.002: 766 }, leviathan: { 0.05: 1875 }, sign: { 0.2: 768 } };
const MAXIMAL = { bms1: { 0.0006: undefined, 0.001: 887 }, kosarak10k: { 0.002: 1491 }, leviathan: { 0.05: 1820 }, sign: { 0.2: 799 } };

/** Sequences in the format of SPMF; undefined where they are not beside the repository. */
function journeysOf(name) {
  const file = ['.txt', '.txt.gz'].map((end) => resolve(shared, `data/paths/spmf/${name}.spmf${end}`)).find(existsSync);
  if (file === undefined) return undefined;
  const text = file.endsWith('.gz') ? gunzipSync(readFileSync(file)).toString() : readFileSync(file, 'utf8');
  return Journeys.fromLists(text.split('\n').filter((row) => row.trim() !== '').map((row) => row.split('-2')[0].split('-1').map((step) => step.trim().split(/\s+/).filter((item) => item !== '')).filter((step) => step.length > 0)));
}

/** Every row of the notes whose data are beside the repository: the counts are checked, the times put beside those of SPMF. */
export async function run() {
  const golden = resolve(shared, 'golden/paths/golden.json');
  if (!existsSync(golden)) return [line('mineSequences', 'left out: there is no ../shared', 0, 0)];
  const { counts } = JSON.parse(readFileSync(golden, 'utf8'));
  const lines = [];
  const ratios = [];
  for (const [name, shares] of Object.entries(SPMF)) {
    const journeys = journeysOf(name);
    if (journeys === undefined) continue;
    for (const [share, [prefixSpan, best = prefixSpan]] of Object.entries(shares)) {
      const row = counts[name][share] ?? counts[name][Number(share).toFixed(1)];
      const ours = timed(journeys, Number(share), 'frequent', row.frequent);
      ratios.push(prefixSpan / ours.millis);
      lines.push(line(`${name} ${share}, frequent`, 'mineSequences', journeys.customerCount, ours.millis, `${row.frequent} paths; ${quotedRatio(ours.millis, best, "SPMF's best", 1)}`));
      for (const [kind, theirs] of [['closed', CLOSED], ['maximal', MAXIMAL]]) {
        if (theirs[name] === undefined || !(share in theirs[name])) continue;
        const found = timed(journeys, Number(share), kind, row[kind]);
        lines.push(line(`${name} ${share}, ${kind}`, 'mineSequences', journeys.customerCount, found.millis, `${row[kind]} paths; ${quotedRatio(found.millis, theirs[name][share], 'SPMF')}`));
      }
    }
  }
  const mean = Math.exp(ratios.reduce((sum, times) => sum + Math.log(times), 0) / ratios.length);
  lines.push(line('geometric mean', 'mineSequences', ratios.length, 0, `${mean.toFixed(2)} x faster than SPMF PrefixSpan, quoted (bar 3)`));
  return lines;
}

function timed(journeys, minSupport, patterns, size) {
  const ours = cpuTime(() => mineSequences(journeys, { minSupport, patterns, maxPatterns: 2_000_000 }), 3);
  if (ours.result.size !== size) throw new Error(`${ours.result.size} paths, not ${size}`);
  return ours;
}
