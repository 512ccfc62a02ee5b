/**
 * The shapes of the segments of a Gaussian mixture: `'full'` any ellipsoid each, `'diagonal'` features independent within a segment, `'tied'` one
 * ellipsoid for all, `'spherical'` round.
 */
export type CovarianceKind = 'full' | 'diagonal' | 'tied' | 'spherical';
