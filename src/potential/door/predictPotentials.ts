import type { TableView } from '../../data/table.js';
import type { CustomerPotentials } from '../customerPotentials.js';
import { KnownWallets } from '../known/knownWallets.js';
import { WalletEstimator } from '../wallets/walletEstimator.js';
import type { MarketPotentialState } from './marketPotentialState.js';
import { openParticipation, type OpenParticipation } from './participation.js';
import { someRows } from './readSpenders.js';
import { potentialsOf, type Others } from './twoPart.js';

/** What makes potentials, opened once for many calls. */
export interface OpenPotential {
  /** Learnt from spend: also the law of spend of a profile. */
  readonly wallets: WalletEstimator;
  /** Learnt from known wallets, where those foretell better. */
  readonly known: KnownWallets | null;
  /** Null where everybody is taken to be in the market. */
  readonly participation: OpenParticipation | null;
  /** Of the intervals. */
  readonly confidence: number;
}

/** Opens what of a stored model makes potentials. */
export function openPotential({ wallets, known, participation, confidence }: Pick<MarketPotentialState, 'wallets' | 'known' | 'participation' | 'confidence'>): OpenPotential {
  return {
    wallets: WalletEstimator.from(wallets),
    known: known === null ? null : new KnownWallets(known),
    participation: participation === null ? null : openParticipation(participation),
    confidence,
  };
}

/** The potentials of opened rows that spend `present`, 0 where none is known. O(rows × columns²). */
export function predictPotentials(caller: string, open: OpenPotential, view: TableView, present: Float64Array, customers: CustomerPotentials['customers']): CustomerPotentials {
  const wallets = open.known === null ? open.wallets.estimate(caller, view, present, open.confidence) : open.known.estimate(caller, view, present);
  return potentialsOf(customers, present, wallets, othersAmong(caller, open, view, present), open.confidence);
}

function othersAmong(caller: string, { participation }: OpenPotential, view: TableView, present: Float64Array): Others {
  let count = 0;
  for (const spend of present) if (spend === 0) count++;
  const rows = new Uint32Array(count);
  for (let row = 0, at = 0; row < present.length; row++) if (present[row] === 0) rows[at++] = row;
  if (participation === null) return { rows, probability: new Float64Array(count).fill(1), unknowns: 0, loadings: new Float64Array(0) };
  return { rows, ...participation.of(caller, someRows(view, rows)) };
}
