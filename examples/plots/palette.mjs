// @ts-check

/** Colours that stand three to one against white and against a dark page alike, and apart from each other without green and red side by side. */
export const palette = /** @type {const} */ (['#3f7fd0', '#d0721a', '#25937a', '#b7579c', '#8a7a1f', '#6f74d8', '#c4574f', '#7a828b']);

/** What is compared with: chance, the average, the diagonal. */
export const muted = '#7f8891';

/** The shades of a count, pale to strong; readable on both grounds with text of `ink`. */
export const shades = /** @type {const} */ ({ scheme: 'blues', type: 'sqrt' });
