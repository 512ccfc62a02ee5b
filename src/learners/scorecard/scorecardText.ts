import type { Scorecard } from './scorecard.js';
import { scorecardTable } from './scorecardTable.js';

/**
 * A scorecard as aligned plain text: what it predicts, what its points mean, every line of it, and what was left out. What a department
 * reads and signs.
 *
 * @param card - the card
 * @returns lines of text; points to the digits of its `rounding`, or to two
 * @example
 * ```ts
 * import { fitScorecard } from 'clientela/learners';
 * const rows = Array.from({ length: 200 }, (_, i) => ({ plan: i % 2 ? 'gold' : 'basic', stayed: i % 10 < (i % 2 ? 8 : 4) ? 'yes' : 'no' }));
 * const text = scorecardText(fitScorecard(rows, { target: 'stayed' }));
 * text.split('\n').slice(4, 7); // => ['feature      bin        rows   share    rate     WoE  points',
 * // 'base points                                           841.64', 'plan         basic       100  50.0 %  40.0 %  -0.811  -58.50']
 * ```
 */
export function scorecardText(card: Scorecard): string {
  const { target, positive, rowCount, events, rounding, basePoints, leftOut, separated } = card;
  const digits = rounding?.digits ?? 2;
  const cells = [['feature', 'bin', 'rows', 'share', 'rate', 'WoE', 'points']];
  if (basePoints !== 0) cells.push(['base points', '', '', '', '', '', basePoints.toFixed(digits)]);
  let before = '';
  for (const { feature, bin, rows, share, eventRate, woe, points } of scorecardTable(card)) {
    const [label, ...more] = wrapped(bin);
    cells.push([feature === before ? '' : feature, label!, plain(rows), percent(share), percent(eventRate), woe.toFixed(3), points.toFixed(digits)]);
    for (const part of more) cells.push(['', `  ${part}`, '', '', '', '', '']);
    before = feature;
  }
  const widths = cells[0]!.map((_, j) => Math.max(...cells.map((line) => line[j]!.length)));
  const lines = [
    `Scorecard for ${target} = ${String(positive)}`,
    card.meaning,
    `${plain(rowCount)} rows, ${percent(events / rowCount)} of them ${String(positive)}`,
    '',
    ...cells.map((line) => line.map((cell, j) => (j < 2 ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!))).join('  ').trimEnd()),
  ];
  if (rounding !== null) {
    const { largestDifference, reversedPairs, mergedPairs } = rounding;
    lines.push('', `Rounded points add up to at most ${largestDifference.toFixed(2)} beside the exact score; of pairs with different scores ${percent(reversedPairs, 2)} change places and ${percent(mergedPairs, 2)} become equal`);
  }
  if (separated.length > 0) lines.push('', `Fitted with Firth's penalty, as a bin of ${separated.join(' and of ')} foretells the outcome of its rows`);
  if (leftOut.length > 0) lines.push('', ...leftOut.map(({ feature, explanation }) => `Not on the card: ${feature}, ${explanation}`));
  return lines.join('\n');
}

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;
const plain = (rows: number): string => String(Number(rows.toFixed(2)));

/** A label in parts of about 40 characters, cut at spaces. */
function wrapped(label: string): string[] {
  const parts = [''];
  for (const word of label.split(' ')) {
    const last = parts.at(-1)!;
    if (last !== '' && last.length + word.length >= 40) parts.push(word);
    else parts[parts.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return parts;
}
