/** docs/speed.md and its plots from the stored runs. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { newestLines, readRuns } from '../results.mjs';
import { AREAS } from './areas.mjs';
import { cell, count, table, timeOf } from './format.mjs';
import { plotsOf } from './plots.mjs';
import { seriesOf } from './series.mjs';
import { sizesTables } from './sizesTable.mjs';
import { comparisons, slowerTable, summary, timesTable } from './timesTable.mjs';

const docs = resolve(import.meta.dirname, '../../docs');

const INTRODUCTION = `<!-- Made by \`npm run bench\`; do not edit. -->

# Speed

What the library takes, beside what else computes the same. Times are of the processor (user and system, one thread), the median of up to five calls after one to warm up; a call of more than a second is taken once.
A peer has the same numbers on the same machine in the same run, on one thread, and its results have to agree, or the run fails. Where a peer is marked *quoted*, its time is one that was published or taken on another machine: it tells the order of magnitude.
The exponent of growth is the slope of the logarithm of the time over that of n, over all sizes that were timed: 1 is linear. Small sizes run partly before the engine has optimised the code, which makes it a little smaller.

\`\`\`sh
npm run bench                    # every case, and this page
npm run bench -- logistic rocAuc # some; the others stay as they are
node bench/run.mjs --page        # this page from what is stored
\`\`\`

What a case does, the peers and how to install them: [bench/README.md](../bench/README.md); each is a file of \`bench/cases\`. Of a series of sizes the table shows the largest that a peer had too, and the largest; the plots show one series a case.`;

/** Every file of the page: `{ 'speed.md': text, 'speed/data.svg': text, … }`. */
export function pageFiles(runs = readRuns()) {
  const lines = newestLines(runs);
  const placed = new Set(AREAS.flatMap(({ cases }) => cases));
  const stray = lines.find((line) => !placed.has(line.case));
  if (stray !== undefined) throw new Error(`the case ${stray.case} is in no area; add it to bench/page/areas.mjs`);
  const series = seriesOf(lines);
  const versionsOf = (file) => runs.find((run) => run.file === file).peers ?? {};
  const found = comparisons(series);
  const files = {};
  const areas = AREAS.flatMap((area) => {
    const own = area.cases.flatMap((name) => series.filter((one) => one.case === name));
    if (own.length === 0) return [];
    const plot = plotsOf(area, own);
    if (plot !== undefined) files[`speed/${area.file}.svg`] = plot;
    return [`## ${area.name}`, ...(plot === undefined ? [] : [`![Time as the data grow](speed/${area.file}.svg)`]), timesTable(own, versionsOf)];
  });
  const sized = runs.findLast(({ sizes }) => sizes !== undefined);
  const parts = [INTRODUCTION, summary(found), ...areas, '## What is slower than a peer', slowerTable(found, versionsOf), ...(sized === undefined ? [] : ['## Bundle sizes', sizesTables(sized)]), '## Runs', runsTable(runs), ...leftOut(runs)];
  return { ...files, 'speed.md': `${parts.join('\n\n')}\n` };
}

function runsTable(runs) {
  const rows = runs.map(({ file, date, machine, peers = {}, seconds = {} }) => {
    const took = Object.entries(seconds).sort((a, b) => b[1] - a[1]);
    const total = took.reduce((sum, [, one]) => sum + one, 0);
    const longest = took.slice(0, 5).map(([name, one]) => `${name} ${timeOf(one * 1000)}`).join(', ');
    return [file, date, `${machine.cpu}, ${machine.cores} cores`, machine.node, cell(Object.entries(peers).map((pair) => pair.join(' ')).join(', ')), took.length === 0 ? '' : `${count(took.length)} cases in ${(total / 60).toFixed(1)} min; longest ${longest}`];
  });
  return table(['run', 'date', 'machine', 'Node', 'peers', 'took'], 'llllll', rows);
}

/** What a run could not do. */
function leftOut(runs) {
  const lines = runs.flatMap(({ file, failures = {} }) => Object.entries(failures).flatMap(([name, reasons]) => reasons.map((reason) => `- ${file}, ${name}: ${cell(reason)}`)));
  return lines.length === 0 ? [] : [`Left out, for want of the peer or because it failed:`, lines.join('\n')];
}

/** Writes them; plots that are none any more go. Gives their names. */
export function writePage() {
  const files = pageFiles();
  mkdirSync(join(docs, 'speed'), { recursive: true });
  for (const name of readdirSync(join(docs, 'speed'))) if (!(`speed/${name}` in files)) rmSync(join(docs, 'speed', name));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(docs, name), text);
  return Object.keys(files).map((name) => `docs/${name}`);
}
