import type { CertificateStatus, ProductCertificate } from './certificate.js';

/** How many buyers a product needs. */
export interface CertificateRules {
  /** With fewer its probabilities are refused: from 5 on an interval of the rate stays within a factor of about three. @defaultValue 5 */
  readonly minPositives: number;
  /** With fewer it is not judged alone: a calibration slope and skill of its own have no meaning below some 30. @defaultValue 30 */
  readonly fewPositives: number;
}

// Off is what is both beyond chance and large enough to matter in money: with many customers a trifle is significant, with few a lot is not.
const CHANCE = 0.001;
const SHARE = 0.2;

/** The status of a product and its reason; `takers`: how many took it, those not judged here among them. */
export function verdict(figures: Omit<ProductCertificate, 'status' | 'reason'>, { minPositives, fewPositives }: CertificateRules, takers: number): { status: CertificateStatus; reason: string } {
  const { rows, positives, inTheLarge } = figures;
  const took = `${positives} of ${rows} customers took it`;
  if (takers < minPositives) return { status: 'refused', reason: takers === positives ? `${took}, at least ${minPositives} must` : `${takers} customers took it, at least ${minPositives} must` };
  const fault = faultOf(figures, positives < fewPositives);
  if (fault !== null) return { status: 'refused', reason: fault };
  if (positives < fewPositives) return { status: 'pooled', reason: `${took}, fewer than the ${fewPositives} to judge it alone: it leans on the other products` };
  const { brierSkill, logLossSkill } = figures;
  const skilled = (brierSkill?.lower ?? 0) > 0 || (logLossSkill?.lower ?? 0) > 0;
  const kept = `${took}, ${inTheLarge.expected.toFixed(1)} were promised`;
  return { status: 'certified', reason: skilled ? kept : `${kept}; it shows no skill beyond the base rate` };
}

function faultOf({ positives, rate, inTheLarge, calibrationError: { estimate, byChance, p }, slope }: Omit<ProductCertificate, 'status' | 'reason'>, isFew: boolean): string | null {
  const { expected } = inTheLarge;
  if (inTheLarge.p < CHANCE && Math.abs(positives - expected) > SHARE * Math.max(expected, 1)) {
    return `${positives} customers took it where ${expected.toFixed(1)} were promised, which chance does not explain`;
  }
  if (p < CHANCE && estimate - byChance > SHARE * Math.min(rate, 1 - rate)) {
    return `promised and observed rates differ by ${estimate.toPrecision(2)} on average where chance explains ${byChance.toPrecision(2)}`;
  }
  // Of a handful of takers the standard error of a slope says little.
  if (slope !== null && !isFew && (slope.upper < 0.5 || slope.lower > 2)) {
    return `one unit of log-odds promised is ${slope.estimate.toPrecision(2)} observed, far from 1`;
  }
  return null;
}
