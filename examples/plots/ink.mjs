// @ts-check

/**
 * The colour of a text upon a fill: whichever of black and white stands out more, so always at least 4.5 to 1.
 *
 * @param {string} fill - `rgb(…)` or `#rrggbb`, as a scale of Plot gives it
 * @returns {string}
 */
export function inkOn(fill) {
  const parts = fill.startsWith('#') ? [1, 3, 5].map((at) => Number.parseInt(fill.slice(at, at + 2), 16)) : (fill.match(/\d+/g) ?? []).map(Number);
  const [red = 0, green = 0, blue = 0] = parts.map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  // Black and white contrast alike with a luminance of √(1.05 · 0.05) − 0.05.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff';
}
