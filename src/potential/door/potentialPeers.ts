import type { NearestPeers } from '../../learners/peers/nearestPeers.js';
import type { PeerDifference } from '../../learners/peers/peersState.js';

/** A customer like the one asked about who spends more. */
export interface PotentialPeer {
  /** Who it is; null where no column named the customers learnt from. */
  readonly customer: string | number | null;
  /** Its row in the data learnt from, from 0. */
  readonly row: number;
  /** What it spends. */
  readonly spend: number;
  /** How far it is: the root of the sum of squared differences, numbers in standard deviations, categories that differ 1. */
  readonly distance: number;
  /** What separates the two, the most first; features in which they agree are left out. */
  readonly differences: readonly PeerDifference[];
}

/** So many of the nearest are looked at for each peer wanted: farther ones are no longer like the customer. */
const LOOKED_AT = 20;

/** The nearest spenders who spend more than `present` and no more than `most`. */
export function potentialPeers(finder: NearestPeers, rows: readonly number[] | null, row: object, present: number, most: number, count: number): PotentialPeer[] {
  return finder
    .peersOfRow(row, { peers: LOOKED_AT * count })
    .filter(({ target, distance }) => target! > present && target! <= most && distance < Infinity)
    .slice(0, count)
    .map(({ row: place, customer, distance, target }) => ({
      customer,
      row: rows === null ? place : rows[place]!,
      spend: target!,
      distance,
      differences: finder.explain(row, place).filter(({ share }) => share > 0),
    }));
}
