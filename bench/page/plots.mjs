/** Time over size of an area's cases as small multiples in one SVG: both axes logarithmic, ours and the peers. Its text depends on the figures alone. */
import { count, timeOf } from './format.mjs';

const PANEL = { width: 256, height: 228, left: 50, right: 20, top: 80, bottom: 24 };
const COLUMNS = 3;
/** Most peers a panel has room for. */
const MOST_PEERS = 3;

const STYLE = `text{font:11px system-ui,sans-serif;fill:#57606a}.h{font-weight:600;fill:#1f2328}.f{fill:#fff}.g{stroke:#d0d7de}polyline,.k,circle{fill:none;stroke-width:1.8}
.o{stroke:#0969da}.p0{stroke:#bc4c00;stroke-dasharray:6 3}.p1{stroke:#1a7f37;stroke-dasharray:2 2}.p2{stroke:#8250df;stroke-dasharray:8 3 2 3}circle{stroke-dasharray:none}circle.o{fill:#0969da}
@media(prefers-color-scheme:dark){text{fill:#9198a1}.h{fill:#f0f6fc}.f{fill:#0d1117}.g{stroke:#30363d}.o{stroke:#4493f8}.p0{stroke:#f0883e}.p1{stroke:#3fb950}.p2{stroke:#ab7df8}circle.o{fill:#4493f8}}`;

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const unversioned = (name) => name.replace(/ \d+(\.\d+)+/, '');
const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
const at = (value) => String(Math.round(value * 10) / 10);

/** Of every case the series with most sizes, compared ones first, then the slowest; none where nothing grows. */
export function plottedSeries(series) {
  const cases = [...new Set(series.map((one) => one.case))];
  const better = (a, b) => b.points.length - a.points.length || comparedSizes(b) - comparedSizes(a) || b.points.at(-1).millis - a.points.at(-1).millis;
  return cases.map((name) => series.filter((one) => one.case === name && one.growth !== undefined).sort(better)[0]).filter((one) => one !== undefined);
}

const comparedSizes = ({ points }) => points.filter(({ peers }) => peers.length > 0).length;

/** The lines of a panel: ours, then those peers that have most of the sizes. */
function linesOf({ points }) {
  const sizes = new Map();
  for (const { peer } of points.flatMap(({ peers }) => peers)) sizes.set(unversioned(peer), (sizes.get(unversioned(peer)) ?? 0) + 1);
  const names = [...sizes.keys()].sort((a, b) => sizes.get(b) - sizes.get(a)).slice(0, MOST_PEERS);
  const peerPoints = (name) => points.flatMap(({ size, peers }) => peers.filter(({ peer }) => unversioned(peer) === name).map(({ millis }) => ({ size, millis })));
  return [{ name: 'ours', style: 'o', points }, ...names.map((name, k) => ({ name, style: `p${k}`, points: peerPoints(name) }))];
}

/** Powers of ten around the values, and where a value stands between `low` and `high`. */
function logScale(values, low, high) {
  const [first, last] = [Math.floor(Math.log10(Math.min(...values)) + 1e-9), Math.ceil(Math.log10(Math.max(...values)) - 1e-9)];
  const end = Math.max(last, first + 1);
  const place = (value) => low + ((Math.log10(value) - first) / (end - first)) * (high - low);
  return { place, ticks: Array.from({ length: end - first + 1 }, (_, k) => 10 ** (first + k)) };
}

const sizeTick = (size) => (size >= 1e6 ? `${size / 1e6}M` : size >= 1000 ? `${size / 1000}k` : String(size));
const timeTick = (millis) => (millis < 0.9995 ? `${Number((millis * 1000).toPrecision(1))} µs` : millis < 999.5 ? `${Math.round(millis)} ms` : `${Math.round(millis / 1000)} s`);

function panel(one, x, y) {
  const { width, height, left, right, top, bottom } = PANEL;
  const lines = linesOf(one);
  const all = lines.flatMap(({ points }) => points);
  const across = logScale(all.map(({ size }) => size), x + left, x + width - right);
  const up = logScale(all.map(({ millis }) => millis), y + height - bottom, y + top);
  const path = (points) => points.map(({ size, millis }) => `${at(across.place(size))},${at(up.place(millis))}`).join(' ');
  const everyOther = (ticks) => ticks.filter((_, k) => ticks.length < 6 || k % 2 === 0);
  const grid = [
    ...everyOther(across.ticks).map((size) => `<path class="g" d="M${at(across.place(size))} ${y + top}V${y + height - bottom}"/><text x="${at(across.place(size))}" y="${y + height - 9}" text-anchor="middle">${sizeTick(size)}</text>`),
    ...everyOther(up.ticks).map((millis) => `<path class="g" d="M${x + left} ${at(up.place(millis))}H${x + width - right}"/><text x="${x + left - 4}" y="${at(up.place(millis) + 4)}" text-anchor="end">${timeTick(millis)}</text>`),
  ];
  const legend = lines.slice(1).map(({ name, style }, k) => `<path class="k ${style}" d="M${x + 8} ${y + 43 + 13 * k}h18"/><text x="${x + 30}" y="${y + 47 + 13 * k}">${escape(short(name, 36))}</text>`);
  const drawn = lines.flatMap(({ style, points }) => [`<polyline class="${style}" points="${path(points)}"/>`, ...(style === 'o' ? points : points.length === 1 ? points : []).map((point) => `<circle class="${style}" r="2.4" cx="${at(across.place(point.size))}" cy="${at(up.place(point.millis))}"/>`)]);
  return [`<text class="h" x="${x + 8}" y="${y + 18}">${escape(short(one.who, 30))} n<tspan dy="-4" font-size="9">${one.growth.toFixed(2)}</tspan></text><text x="${x + 8}" y="${y + 33}">${escape(short(one.what, 40))}</text>`, ...grid, ...legend, ...drawn].join('\n');
}

const told = (one) => `${one.who} (${one.what}): ${linesOf(one).map(({ name, points }) => `${name} ${points.map(({ size, millis }) => `${timeOf(millis)} at ${count(size)}`).join(', ')}`).join('; ')}.`;

/** The SVG of an area; undefined where nothing was timed at several sizes. */
export function plotsOf(area, series) {
  const plotted = plottedSeries(series);
  if (plotted.length === 0) return undefined;
  const [width, height] = [COLUMNS * PANEL.width, Math.ceil(plotted.length / COLUMNS) * PANEL.height];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escape(area.name)}: time as the data grow</title>`,
    `<desc id="d">CPU time over the number of rows, both logarithmic; ours solid with dots, peers broken. ${escape(plotted.map(told).join(' '))}</desc>`,
    `<style>${STYLE}</style><rect class="f" width="${width}" height="${height}"/>`,
    ...plotted.map((one, k) => panel(one, (k % COLUMNS) * PANEL.width, Math.floor(k / COLUMNS) * PANEL.height)),
    '</svg>\n',
  ].join('\n');
}
