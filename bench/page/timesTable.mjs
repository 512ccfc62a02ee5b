/** The table of times of one area, and what all areas say together. */
import { cell, count, peerName, ratioOf, table, timeOf } from './format.mjs';
import { shownPoints } from './series.mjs';

const HEAD = ['case', 'what', 'by', 'n', 'time', 'peer', 'its time', 'ours is', 'growth', 'run'];

/** One row a series and size shown; the name of a case stands in its first row. */
export function timesTable(series, versionsOf) {
  const rows = series.flatMap((one, k) =>
    shownPoints(one).map((point, i, all) => {
      const isFirst = i === 0 && series[k - 1]?.case !== one.case;
      return [isFirst ? `\`${one.case}\`` : '', ...rowOf(one, point, i === all.length - 1, versionsOf(one.run))];
    }),
  );
  return table(HEAD, 'lllrrlrlrl', rows);
}

function rowOf({ what, who, growth, run }, { size, millis, peers }, isLast, versions) {
  const each = (text) => peers.map(text).join('<br>');
  return [
    cell(what), cell(who), count(size), timeOf(millis),
    each(({ peer, quoted }) => `${cell(peerName(peer, versions))}${quoted ? ' (quoted)' : ''}`),
    each((peer) => timeOf(peer.millis)),
    each((peer) => ratioOf(millis, peer.millis)),
    isLast && growth !== undefined ? `n<sup>${growth.toFixed(2)}</sup>` : '',
    run,
  ];
}

/** Every comparison shown with a peer that was timed in the same run: `{ case, what, who, peer, size, times }`, times above 1 where ours is slower. */
export function comparisons(series) {
  return series.flatMap((one) => shownPoints(one).flatMap(({ size, millis, peers }) => peers.filter(({ quoted }) => !quoted).map((peer) => ({ ...one, size, peer: peer.peer, times: millis / peer.millis }))));
}

/** In words: how many are faster, and by how much in the middle. */
export function summary(found) {
  const sorted = found.map(({ times }) => times).sort((a, b) => a - b);
  const faster = sorted.filter((times) => times <= 1).length;
  const middle = sorted[sorted.length >> 1];
  return `Of ${count(found.length)} comparisons with a peer timed in the same run, at the largest size both had, ours is faster in ${count(faster)} and slower in ${count(found.length - faster)} ([the list](#what-is-slower-than-a-peer)); in the middle ${ratioOf(middle, 1).replaceAll('**', '')}.`;
}

/** What is slower than a peer, the slowest first. */
export function slowerTable(found, versionsOf) {
  const slower = found.filter(({ times }) => times > 1).sort((a, b) => b.times - a.times);
  return table(['by', 'what', 'n', 'peer', 'slower'], 'llrlr', slower.map(({ who, what, size, peer, times, run }) => [cell(who), cell(what), count(size), cell(peerName(peer, versionsOf(run))), `${times.toFixed(2)}×`]));
}
