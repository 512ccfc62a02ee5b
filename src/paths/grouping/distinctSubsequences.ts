/**
 * The logarithm (base 2) of how many different subsequences a word has, the empty one among them: each letter doubles them, less those
 * that its last occurrence had already made. Held as a fraction and an exponent, as they grow beyond every number. O(n).
 */
export function log2Subsequences(word: ArrayLike<number>): number {
  let exponent = 0;
  let count = 1;
  // By letter: what there was before its last occurrence.
  const before = new Map<number, number>();
  for (let i = 0; i < word.length; i++) {
    const next = 2 * count - (before.get(word[i]!) ?? 0);
    before.set(word[i]!, count);
    count = next;
    if (count < 1e200) continue;
    exponent += 600;
    count *= 2 ** -600;
    for (const [letter, value] of before) before.set(letter, value * 2 ** -600);
  }
  return Math.log2(count) + exponent;
}
