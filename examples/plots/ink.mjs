// @ts-check

/**
 * The colour of a text upon a shade of a sequential scale: dark on pale, white on strong.
 *
 * @param {number} strength - 0 (pale) to 1 (strong)
 * @returns {string}
 */
export function inkOn(strength) {
  return strength > 0.55 ? '#ffffff' : '#1b1f24';
}
