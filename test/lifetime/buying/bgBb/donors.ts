/** Donors to a charity six years after their first gift, as a charity might have them. */
export const donors = {
  unit: 'year',
  frequency: [0, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6],
  recency: [0, 1, 3, 6, 2, 6, 3, 6, 5, 6, 6],
  tenure: [6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6],
  weights: [346, 109, 13, 13, 61, 23, 32, 36, 28, 73, 120],
} as const;
