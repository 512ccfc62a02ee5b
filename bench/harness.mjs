/** What every benchmark case uses: CPU time, lines of results, data on disk for the peers, and the peers themselves. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** CPU milliseconds that the calls of one timing may take together: what is slow is timed less often. bench/peers/timing.py reads it too. */
const LIMIT = Number((process.env.BENCH_LIMIT ??= '1000'));

const cpuMillis = (since) => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** Median CPU time in milliseconds of a few calls after one to warm up, and what the last call gave. A call beyond the limit has warmed itself up: it is the one that counts. */
export function cpuTime(run, repetitions = 5) {
  const first = process.cpuUsage();
  let result = run();
  const warm = cpuMillis(first);
  if (warm > LIMIT) return { millis: warm, result };
  const times = [];
  for (let i = 0, spent = 0; i < repetitions && spent < LIMIT; i++, spent += times.at(-1)) {
    globalThis.gc?.();
    const start = process.cpuUsage();
    result = run();
    times.push(cpuMillis(start));
  }
  times.sort((a, b) => a - b);
  return { millis: times[times.length >> 1], result };
}

const folder = mkdtempSync(join(tmpdir(), 'clientela-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Writes numbers where a peer can read them; gives the path. */
export function shareNumbers(name, values) {
  const path = join(folder, name);
  writeFileSync(path, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return path;
}

/** Peers that could not be asked, each with the reason: `run.mjs` tells them, the case goes on without. */
export const missingPeers = new Map();

const SINGLE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };

/** Runs a script of bench/peers on one thread; it prints JSON. Undefined when it fails. */
function peer(program, script, args, env) {
  const { status, stdout, stderr, error } = spawnSync(program, [join(import.meta.dirname, 'peers', script), ...args.map(String)], { env: { ...env, ...SINGLE_THREAD }, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status === 0) return JSON.parse(stdout.trim().split('\n').at(-1));
  missingPeers.set(script, error?.message ?? stderr.trim().split('\n').at(-1));
  return undefined;
}

/** A peer in Python, on the fastest kernel its numpy has; undefined when PEERS_PYTHON names no interpreter or the script fails. */
export function pythonPeer(script, ...args) {
  const python = process.env.PEERS_PYTHON;
  if (python === undefined) return undefined;
  const env = { ...process.env };
  for (const slower of ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE']) delete env[slower];
  return peer(python, script, args, env);
}

/** A peer in R; undefined where there is no Rscript with its packages. */
export const rPeer = (script, ...args) => peer('Rscript', script, args, process.env);

/** What `ratio` compared since the last line of ours, which takes along what was compared with its own time. */
const compared = [];

/** One line of a result: what was timed, by which function of ours, how large, in how many CPU milliseconds, the peers its time was compared with, and what else is to say. */
export function line(what, who, size, millis, note = '') {
  const peers = compared.splice(0).filter((comparison) => comparison.ours === millis).map(({ peer, millis: theirs, quoted }) => ({ peer, millis: theirs, ...(quoted && { quoted }) }));
  return { what, who, size, millis: round(millis), ...(peers.length > 0 && { peers }), note };
}

/** A line of a peer: shown when the case runs; the page takes what `ratio` compared. */
export const peerLine = (what, who, size, millis, note = '') => ({ what, who, size, millis: round(millis), isPeer: true, note });

/** `0.83 x scikit-learn (bar 1.0)`; empty without a peer. */
export const ratio = (millis, peerMillis, peer, bar) => compare(millis, peerMillis, peer, bar, false);

/** The same beside a time that was not taken in this run. */
export const quotedRatio = (millis, peerMillis, peer, bar) => compare(millis, peerMillis, peer, bar, true);

function compare(millis, peerMillis, peer, bar, quoted) {
  if (peerMillis === undefined || peerMillis === null) return '';
  compared.push({ ours: millis, peer, millis: round(peerMillis), quoted });
  return `${(millis / peerMillis).toFixed(2)} x ${peer}${quoted ? ', quoted' : ''}${bar === undefined ? '' : ` (bar ${bar})`}`;
}

/** Four figures: what is faster than a hundredth of a millisecond keeps them too. */
const round = (millis) => (millis === 0 ? 0 : Number(millis.toPrecision(4)));
