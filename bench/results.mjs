/** The stored runs: one file a day and machine; of every case the newest counts. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'results');

/** Every stored run, the oldest first, each with the name of its file. */
export function readRuns() {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.json')).sort();
  return files.map((name) => ({ file: name.replace('.json', ''), ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
}

/** The lines of every case, from the newest run that has it: `{ case, …, run }`. */
export function newestLines(runs) {
  const newest = new Map(runs.flatMap((run) => run.results.map((line) => [line.case, run.file])));
  return runs.flatMap((run) => run.results.filter((line) => newest.get(line.case) === run.file).map((line) => ({ ...line, run: run.file })));
}

/** Files the run beside what the same machine gave the same day; runs that no case is taken from any more go. Gives the name of the file. */
export function storeRun({ date, machine, lines, ...rest }) {
  const runs = readRuns();
  const isSame = (run) => run.date === date && run.machine.cpu === machine.cpu && run.machine.node === machine.node;
  const earlier = runs.find(isSame);
  const number = runs.filter((run) => run.date === date).length + 1;
  const file = earlier?.file ?? (number === 1 ? date : `${date}-${number}`);
  const timed = new Set(lines.map((line) => line.case));
  const results = [...(earlier?.results ?? []).filter((line) => !timed.has(line.case)), ...lines].sort((a, b) => (a.case < b.case ? -1 : Number(a.case > b.case)));
  const seconds = { ...earlier?.seconds, ...rest.seconds };
  const failures = { ...Object.fromEntries(Object.entries(earlier?.failures ?? {}).filter(([name]) => !(name in rest.seconds))), ...rest.failures };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${file}.json`), `${JSON.stringify({ date, machine, unit: 'CPU milliseconds', ...rest, seconds, failures, results }, null, 1)}\n`);
  const stored = readRuns();
  const used = new Set(newestLines(stored).map((line) => line.run));
  for (const run of stored) if (!used.has(run.file)) rmSync(join(folder, `${run.file}.json`));
  return file;
}
