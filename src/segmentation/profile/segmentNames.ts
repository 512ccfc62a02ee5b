import type { SegmentCard } from './segmentDescription.js';

/** Effects below this (small, by Cohen's measure) are no reason for a name. */
const SMALL = 0.2;

/**
 * A name a segment, from what marks it most: 'high income, low spending score'. Two words each; where two segments would share a name they get more, and
 * in the end a number. It depends on the figures alone, not on the order of the rows. Names given
 * stay as they are, and no other segment gets one of them.
 */
export function segmentNames(cards: readonly Pick<SegmentCard, 'drivers' | 'traits'>[], given: readonly (string | undefined)[] = []): string[] {
  const marks = cards.map((card, segment) => (given[segment] === undefined ? marksOf(card) : []));
  const taken = marks.map(() => 2);
  for (;;) {
    const names = marks.map((words, segment) => given[segment] ?? (words.slice(0, taken[segment]).join(', ') || (marks.length === 1 ? 'all customers' : 'average')));
    // The same words in another order are no other name.
    const keys = names.map((name) => name.split(', ').sort().join());
    const shared = keys.flatMap((key, segment) => (keys.indexOf(key) !== keys.lastIndexOf(key) && taken[segment]! < marks[segment]!.length ? [segment] : []));
    for (const segment of shared) taken[segment]!++;
    if (shared.length > 0) continue;
    return names.map((name, segment) => {
      if (given[segment] !== undefined) return name;
      const before = keys.filter((key, other) => key === keys[segment] && (other < segment || given[other] !== undefined)).length;
      return before === 0 ? name : `${name} (${before + 1})`;
    });
  }
}

// One mark a feature: the mean where it differs, otherwise the level or band there is most more of.
function marksOf({ drivers, traits }: Pick<SegmentCard, 'drivers' | 'traits'>): string[] {
  const numbers = drivers.map(({ feature, z, effectSize }) => ({ feature, effectSize, text: `${Math.abs(z) >= 1.5 ? 'very ' : ''}${z > 0 ? 'high' : 'low'} ${wordsOf(feature)}` }));
  const others = traits
    .filter(({ feature, direction }) => direction === 'over' && !drivers.some((driver) => driver.feature === feature))
    .map(({ feature, value, effectSize }) => ({ feature, effectSize, text: levelText(wordsOf(feature), value.slice(feature.length)) }));
  const all = [...numbers, ...others]
    .filter(({ effectSize }) => Math.abs(effectSize) >= SMALL)
    .sort((a, b) => Math.abs(b.effectSize) - Math.abs(a.effectSize) || (a.text < b.text ? -1 : 1));
  return all.filter(({ feature }, i) => all.findIndex((mark) => mark.feature === feature) === i).map(({ text }) => text);
}

function levelText(words: string, rest: string): string {
  if (rest !== ' = true' && rest !== ' = false') return words + rest.replace(' = ', ' ');
  const what = words.replace(/^(is|has) /, '');
  return rest === ' = true' ? what : `no ${what}`;
}

/** 'spending_score' and 'spendingScore' as words; abbreviations stay as they are. */
function wordsOf(feature: string): string {
  return feature.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_\s]+/g, ' ').trim().replace(/\b[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase());
}
