import { createRandom, Frame } from 'clientela/data';
import { cpuTime, line, peerLine, ratio } from '../harness.mjs';

const COLUMNS = 20;

/** Rows as a JSON parser gives them (objects built key by key become dictionaries, which every reader finds slow). */
function rowsOf(count) {
  const random = createRandom(1);
  return Array.from({ length: count }, () => JSON.parse(`{${Array.from({ length: COLUMNS }, (_, j) => `"column${j}":${random.uniform()}`).join()}}`));
}

/** The least that any table of typed columns has to do. */
function bareLoop(rows) {
  const names = Object.keys(rows[0]);
  const columns = names.map(() => new Float64Array(rows.length));
  for (let i = 0; i < rows.length; i++) for (let j = 0; j < COLUMNS; j++) columns[j][i] = rows[i][names[j]];
  return columns;
}

/** Rows to a Frame against a bare loop (bar 3), and columns to a Frame (free). */
export function run() {
  const lines = [];
  for (const count of [10_000, 100_000, 1_000_000]) {
    const rows = rowsOf(count);
    const bare = cpuTime(() => bareLoop(rows), 3).millis;
    const frame = cpuTime(() => Frame.fromRows(rows), 3).millis;
    lines.push(peerLine('20 columns from row objects', 'bare loop into Float64Arrays', count, bare));
    lines.push(line('20 columns from row objects', 'Frame.fromRows', count, frame, ratio(frame, bare, 'bare loop', 3)));
  }
  const columns = Object.fromEntries(Array.from({ length: COLUMNS }, (_, j) => [`column${j}`, new Float64Array(1_000_000)]));
  lines.push(line('20 Float64Arrays', 'Frame.fromColumns', 1_000_000, cpuTime(() => Frame.fromColumns(columns)).millis, 'no copy'));
  return lines;
}
