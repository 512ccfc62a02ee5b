import type { Bin, WoeSign } from './binningState.js';

/** What counts are held against. */
export interface EvidenceBase {
  /** All events. */
  readonly events: number;
  /** All non-events. */
  readonly nonEvents: number;
  readonly woeSign: WoeSign;
  readonly smoothing: number;
}

/** The weight of evidence: the one place where it is computed. */
export function evidence(events: number, nonEvents: number, base: EvidenceBase): number {
  if (events + nonEvents === 0) return 0;
  const added = events === 0 || nonEvents === 0 ? base.smoothing : 0;
  const woe = Math.log((events + added) / base.events / ((nonEvents + added) / base.nonEvents));
  return base.woeSign === 'eventOverNonEvent' ? woe : 0 - woe;
}

/** What shares p and q of one bin add to the Jensen-Shannon divergence: (p ln(p / m) + q ln(q / m)) / 2, m their mean; 0 ln 0 = 0. */
export function jensenShannon(p: number, q: number): number {
  const middle = (p + q) / 2;
  return ((p > 0 ? p * Math.log(p / middle) : 0) + (q > 0 ? q * Math.log(q / middle) : 0)) / 2;
}

/** A bin from its counts; `woe` where it is not to be its own. */
export function describeBin(label: string, events: number, nonEvents: number, base: EvidenceBase, woe: number = evidence(events, nonEvents, base)): Bin {
  const all = base.events + base.nonEvents;
  const rows = events + nonEvents;
  const [p, q] = [events / base.events, nonEvents / base.nonEvents];
  const iv = (base.woeSign === 'eventOverNonEvent' ? p - q : q - p) * woe;
  return { label, rows, events, share: rows / all, eventRate: rows > 0 ? events / rows : base.events / all, woe, iv, js: jensenShannon(p, q) };
}
