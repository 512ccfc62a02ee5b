/** What every benchmark case uses: CPU time, data on disk for the peers, and the peers themselves. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Median CPU time in milliseconds of a few calls after one to warm up, and what the last call gave. */
export function cpuTime(run, repetitions = 5) {
  let result = run();
  const times = [];
  for (let i = 0; i < repetitions; i++) {
    globalThis.gc?.();
    const start = process.cpuUsage();
    result = run();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  return { millis: times[repetitions >> 1], result };
}

const folder = mkdtempSync(join(tmpdir(), 'clientela-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Writes numbers where a peer can read them; gives the path. */
export function shareNumbers(name, values) {
  const path = join(folder, name);
  writeFileSync(path, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return path;
}

/**
 * Runs a script of bench/peers with the Python named in PEERS_PYTHON, one thread, on the fastest kernel its numpy has.
 * It prints JSON; undefined when no Python is named.
 */
export function pythonPeer(script, ...args) {
  const python = process.env.PEERS_PYTHON;
  if (python === undefined) return undefined;
  const env = { ...process.env };
  for (const slower of ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE']) delete env[slower];
  const threads = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, 'peers', script), ...args.map(String)], { env: { ...env, ...threads }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`peer ${script} failed: ${stderr.slice(-500)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** One line of a result: what was timed, by whom, how large, in how many CPU milliseconds, and the ratio the bar is about. */
export function line(what, who, size, millis, note = '') {
  return { what, who, size, millis: Math.round(millis * 100) / 100, note };
}

/** `0.83 x scikit-learn (bar 1.0)`. */
export function ratio(millis, peerMillis, peer, bar) {
  return peerMillis === undefined ? '' : `${(millis / peerMillis).toFixed(2)} x ${peer}${bar === undefined ? '' : ` (bar ${bar})`}`;
}
