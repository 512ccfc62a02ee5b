/**
 * `npm run bench [-- case ...]`: times every case (or those named) in CPU milliseconds, prints a table, and writes
 * bench/results/<date>.json; cases not run keep the lines they have there. Peers in Python run when PEERS_PYTHON names an interpreter that has bench/peers/requirements.txt.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const names = readdirSync(join(root, 'bench/cases')).map((file) => file.replace('.mjs', ''));
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : names;
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`no case ${unknown.join(', ')}; there are ${names.join(', ')}`);
  process.exit(1);
}
spawnSync('npm', ['run', '--silent', 'build:esm'], { cwd: root, stdio: 'inherit' });
if (process.env.PEERS_PYTHON === undefined) console.log('peers in Python are left out: set PEERS_PYTHON (see bench/README.md)');

const results = [];
for (const name of wanted) {
  console.log(`\n${name}`);
  const { run } = await import(`./cases/${name}.mjs`);
  for (const found of await run()) {
    results.push({ case: name, ...found });
    console.log(`  ${found.what.padEnd(34)} ${found.who.padEnd(34)} ${String(found.size).padEnd(14)} ${String(found.millis).padStart(10)} ms  ${found.note}`);
  }
}
const machine = { node: process.version, cpu: cpus()[0].model, cores: cpus().length };
const date = new Date().toISOString().slice(0, 10);
const file = join(root, `bench/results/${date}.json`);
const earlier = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).results : [];
const all = names.flatMap((name) => (wanted.includes(name) ? results : earlier).filter((line) => line.case === name));
mkdirSync(join(root, 'bench/results'), { recursive: true });
writeFileSync(file, `${JSON.stringify({ date, machine, unit: 'CPU milliseconds, median of 5', results: all }, null, 1)}\n`);
console.log(`\n${machine.cpu}, Node ${machine.node}; written to bench/results/${date}.json`);
