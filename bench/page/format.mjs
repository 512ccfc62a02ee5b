/** Numbers and names as the page writes them. */

/** Three figures: `127 ms`, `1.95 s`, `84.1 µs`. */
export function timeOf(millis) {
  if (millis < 0.9995) return `${figures(millis * 1000)} µs`;
  return millis < 999.5 ? `${figures(millis)} ms` : `${figures(millis / 1000)} s`;
}

/** Three figures without an exponent, thousands marked. */
export function figures(value) {
  const rounded = Number(value.toPrecision(3));
  return rounded < 1000 ? rounded.toFixed(2 - Math.min(2, Math.floor(Math.log10(rounded)))) : count(Math.round(value));
}

/** `1,000,000`. */
export const count = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** `2.10× faster` or, in bold, `1.62× slower`. */
export function ratioOf(ours, theirs) {
  return ours <= theirs ? `${figures(theirs / ours)}× faster` : `**${figures(ours / theirs)}× slower**`;
}

/** Text for a cell of a table. */
export const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');

/** Peers that are part of a package of another name. */
const PACKAGES = { HiGHS: 'scipy', XGBoost: 'xgboost', 'R pam': 'cluster', 'cv.glmnet': 'glmnet' };

/** A peer with the version that the run had, where the name tells none. */
export function peerName(name, versions) {
  if (/\d\.\d/.test(name)) return name;
  const inside = PACKAGES[Object.keys(PACKAGES).find((one) => name.startsWith(one))];
  if (inside !== undefined) return inside in versions ? `${name} (${inside} ${versions[inside]})` : name;
  const own = Object.keys(versions).find((one) => name.startsWith(one));
  return own === undefined ? name : `${own} ${versions[own]}${name.slice(own.length)}`;
}

/** A table of Markdown; `align` has a letter a column, l or r. */
export function table(head, align, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line([...align].map((side) => (side === 'r' ? '--:' : '---'))), ...rows.map(line)].join('\n');
}
