import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Frame } from 'clientela/data';
import { fitScorecard } from 'clientela/learners';
import { cpuTime, line, peerLine, pythonPeer, ratio } from '../harness.mjs';

const BANK = resolve(import.meta.dirname, '../../../shared/data/scoring/bank-additional-full.csv');
const COPIES = 1_000_000;

function readBank() {
  const [header, ...lines] = readFileSync(BANK, 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  const cells = lines.map((text) => text.split(','));
  return Frame.fromColumns(Object.fromEntries(names.map((name, j) => [name, cells.map((row) => row[j])])));
}

/** The whole way from raw rows to a card, and the scores of a million rows; the peer is optbinning. */
export function run() {
  if (!existsSync(BANK)) return [line('scorecard', 'left out', 0, 0, 'no ../shared/data/scoring')];
  const frame = readBank();
  const target = frame.names.at(-1);
  const fit = cpuTime(() => fitScorecard(frame, { target }));
  const stepwise = cpuTime(() => fitScorecard(frame, { target, selection: 'stepwise' }), 3);
  const card = fit.result;
  const large = frame.take(Uint32Array.from({ length: COPIES }, (_, i) => i % frame.rowCount));
  const score = cpuTime(() => card.predictScore(large));
  const peers = pythonPeer('scorecard.py', BANK, target, card.positive, COPIES) ?? [];
  const of = (what) => peers.find((peer) => peer.what === what)?.millis;
  return [
    line('scorecard, 20 columns', 'fitScorecard', frame.rowCount, fit.millis, ratio(fit.millis, of('fit'), 'optbinning')),
    line('scorecard, 20 columns', 'fitScorecard, stepwise', frame.rowCount, stepwise.millis, `${stepwise.result.features.length} features`),
    line('scorecard, score', 'predictScore', COPIES, score.millis, ratio(score.millis, of('score'), 'optbinning')),
    ...peers.map((peer) => peerLine(`scorecard, ${peer.what === 'fit' ? '20 columns' : 'score'}`, peer.who, peer.what === 'fit' ? frame.rowCount : COPIES, peer.millis)),
  ];
}
