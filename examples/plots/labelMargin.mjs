// @ts-check

/**
 * Room for names at the left of a picture, in pixels: as much as the longest needs, within reason.
 *
 * @param {readonly string[]} names
 * @returns {number}
 */
export function labelMargin(names) {
  return Math.min(240, 20 + 7 * Math.max(4, ...names.map((name) => name.length)));
}
