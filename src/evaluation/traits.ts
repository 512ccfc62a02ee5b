import type { Estimate } from '../numeric/estimate.js';
import { falseDiscoveryQ } from '../numeric/falseDiscovery.js';
import { hypergeometricP } from '../numeric/hypergeometric.js';
import { wilsonRate } from './intervals.js';
import type { TraitColumn } from './traitCandidates.js';

/** Something that marks a group: a value that is more, or less, frequent in it than elsewhere. */
export interface Trait {
  /** The column. */
  readonly feature: string;
  /** In words: 'plan = gold', 'age 30-45', 'age from 60', 'income is missing'. */
  readonly value: string;
  /** Whether the group has more or less of it than all customers. */
  readonly direction: 'over' | 'under';
  /** Share of the group that has it. */
  readonly shareInGroup: number;
  /** Share of all customers that have it. */
  readonly shareOverall: number;
  /** 100 x shareInGroup / shareOverall: 100 is average, 200 twice as frequent. */
  readonly index: number;
  /** Share in the group minus share among all others, with interval (Newcombe, 1998). */
  readonly difference: Estimate;
  /** Cohen's h of that difference, 2 asin(sqrt(a)) - 2 asin(sqrt(b)): comparable between rare and frequent values; 0.2 is small, 0.5 medium, 0.8 large. */
  readonly effectSize: number;
  /** Two-sided p-value of Fisher's exact test. */
  readonly p: number;
  /** p corrected for all values looked at (Benjamini and Hochberg, 1995). */
  readonly q: number;
}

/** What is looked for, and how strictly. */
export interface TraitLimits {
  readonly top: number;
  readonly falseDiscoveryRate: number;
  /** Multiplier of the intervals. */
  readonly z: number;
}

/** Values rarer than this are not looked at: they could not be told from chance, and would only cost power elsewhere. */
const FEWEST = 10;

interface Look {
  readonly group: number;
  readonly feature: string;
  readonly value: string;
  readonly found: number;
  readonly drawn: number;
  readonly marked: number;
}

/** The traits of every group 0 … groupCount - 1 (a row of group -1 is in none), corrected together. */
export function traitsOfGroups(columns: readonly TraitColumn[], groupOf: Int32Array, groupCount: number, limits: TraitLimits): Trait[][] {
  const n = groupOf.length;
  const sizes = new Float64Array(groupCount);
  for (const group of groupOf) if (group >= 0) sizes[group]!++;
  const looks = columns.flatMap((column) => looksAt(column, groupOf, sizes));
  const p = Float64Array.from(looks, ({ found, drawn, marked }) => hypergeometricP(found, drawn, marked, n));
  const q = falseDiscoveryQ(p);
  const traits = Array.from({ length: groupCount }, (): Trait[] => []);
  looks.forEach((look, i) => {
    if (q[i]! <= limits.falseDiscoveryRate) traits[look.group]!.push(traitOf(look, n, p[i]!, q[i]!, limits.z));
  });
  return traits.map((found) => found.sort((a, b) => Math.abs(b.effectSize) - Math.abs(a.effectSize)).slice(0, limits.top));
}

function looksAt({ feature, codes, texts }: TraitColumn, groupOf: Int32Array, sizes: Float64Array): Look[] {
  const marked = new Float64Array(texts.length);
  const found = new Float64Array(texts.length * sizes.length);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const group = groupOf[row]!;
    marked[code]!++;
    if (group >= 0) found[group * texts.length + code]!++;
  }
  const occurring = texts.map((_, code) => code).filter((code) => marked[code]! > 0);
  const looks: Look[] = [];
  sizes.forEach((drawn, group) => {
    if (drawn === 0 || drawn === codes.length) return;
    const seen = (code: number): number => found[group * texts.length + code]!;
    const more = (code: number): boolean => seen(code) * codes.length > drawn * marked[code]!;
    // Two values are one question: the frequent-in-the-group one of the two is named.
    const asked = occurring.length === 2 ? [occurring.find(more) ?? occurring[0]!] : occurring;
    for (const code of asked) {
      if (Math.min(marked[code]!, codes.length - marked[code]!) < FEWEST) continue;
      looks.push({ group, feature, value: texts[code]!, found: seen(code), drawn, marked: marked[code]! });
    }
  });
  return looks;
}

function traitOf({ feature, value, found, drawn, marked }: Look, n: number, p: number, q: number, z: number): Trait {
  const inGroup = wilsonRate(found, drawn, z);
  const elsewhere = wilsonRate(marked - found, n - drawn, z);
  const difference = inGroup.estimate - elsewhere.estimate;
  const shareOverall = marked / n;
  return {
    feature,
    value,
    direction: difference > 0 ? 'over' : 'under',
    shareInGroup: inGroup.estimate,
    shareOverall,
    index: (100 * inGroup.estimate) / shareOverall,
    difference: {
      estimate: difference,
      lower: difference - Math.hypot(inGroup.estimate - inGroup.lower, elsewhere.upper - elsewhere.estimate),
      upper: difference + Math.hypot(inGroup.upper - inGroup.estimate, elsewhere.estimate - elsewhere.lower),
    },
    effectSize: 2 * (Math.asin(Math.sqrt(inGroup.estimate)) - Math.asin(Math.sqrt(elsewhere.estimate))),
    p,
    q,
  };
}
