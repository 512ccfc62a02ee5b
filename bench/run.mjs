/**
 * `npm run bench [-- case ... --quick]`: times every case (or those named) in CPU milliseconds, prints a table, files it under bench/results and
 * writes docs/speed.md. `--quick` repeats less and writes nothing; `--page` writes the page alone, from what is stored. A case or peer that
 * fails is told and left out.
 * Peers in Python run when PEERS_PYTHON names an interpreter that has bench/peers/requirements.txt.
 */
import { fork, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { machine, peerVersions } from './machine.mjs';
import { writePage } from './page/write.mjs';
import { storeRun } from './results.mjs';

const root = resolve(import.meta.dirname, '..');
const flags = new Set(process.argv.slice(2).filter((word) => word.startsWith('--')));
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const cases = readdirSync(join(import.meta.dirname, 'cases')).map((file) => file.replace('.mjs', ''));
const unknown = [...named.filter((name) => !cases.includes(name)), ...[...flags].filter((flag) => flag !== '--quick' && flag !== '--page')];
if (unknown.length > 0) {
  console.error(`no case ${unknown.join(', ')}; there are ${cases.join(', ')}; --quick, --page`);
  process.exit(1);
}

const print = ({ what, who, size, millis, note }) => console.log(`  ${what.padEnd(34)} ${who.padEnd(34)} ${String(size).padEnd(14)} ${String(millis).padStart(10)} ms  ${note}`);

/** What a case sends from its own process; `failure` tells why it sent nothing. */
function timeCase(name) {
  const start = Date.now();
  return new Promise((done) => {
    const child = fork(join(import.meta.dirname, 'runCase.mjs'), [name], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
    let told;
    let errors = '';
    child.stderr.on('data', (text) => (errors += text));
    child.on('message', (message) => (told = message));
    child.on('close', (code, signal) => {
      const failure = told === undefined ? (errors.match(/^\w*Error: .*$/m)?.[0] ?? `ended with ${signal ?? code}`) : undefined;
      done({ lines: [], missing: {}, ...told, seconds: Math.round((Date.now() - start) / 100) / 10, failure });
    });
  });
}

async function time(wanted) {
  const found = { lines: [], seconds: {}, failures: {} };
  for (const name of wanted) {
    console.log(`\n${name}`);
    const { lines, missing, seconds, failure } = await timeCase(name);
    for (const line of lines) {
      found.lines.push({ case: name, ...line });
      print(line);
    }
    found.seconds[name] = seconds;
    const failed = Object.entries({ ...missing, ...(failure && { 'the case': failure }) }).map(([what, reason]) => `${what}: ${reason}`);
    if (failed.length > 0) found.failures[name] = failed;
    for (const text of failed) console.log(`  FAILED ${text}`);
    console.log(`  ${seconds} s`);
  }
  return found;
}

if (!flags.has('--page')) {
  spawnSync('npm', ['run', '--silent', 'build:esm'], { cwd: root, stdio: 'inherit' });
  if (process.env.PEERS_PYTHON === undefined) console.log('peers in Python are left out: set PEERS_PYTHON (see bench/README.md)');
  if (flags.has('--quick')) process.env.BENCH_LIMIT = '300';
  const date = new Date().toISOString().slice(0, 10);
  const found = await time(named.length > 0 ? named : cases);
  if (flags.has('--quick')) process.exit();
  const { measureSizes } = await import('./sizes.mjs');
  const file = storeRun({ date, machine: machine(), ...found, peers: peerVersions(), sizes: await measureSizes() });
  console.log(`\n${machine().cpu}, Node ${process.version}; written to bench/results/${file}.json`);
}
console.log(`written: ${writePage().join(', ')}`);
