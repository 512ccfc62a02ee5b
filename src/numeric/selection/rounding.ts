/** Amounts that differ by less than this share are equal. */
export const ROUNDING = 1e-12;
