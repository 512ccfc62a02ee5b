/**
 * P(Z > x) * exp(x²/2) of a standard normal Z, for x of 0 or more: the tail without its exponential, which never underflows.
 * Cody's rational approximations (1969) on three ranges, accurate to about 1e-15; one division or two, for loops over many rows.
 */
export function scaledNormalTail(x: number): number {
  if (x < 0.67448975) {
    const y = x * x;
    const top = (((0.065682337918207449 * y + 2.2352520354606839) * y + 161.02823106855588) * y + 1067.6894854603709) * y + 18154.981253343561;
    const low = (((y + 47.20258190468824) * y + 976.09855173777669) * y + 10260.932208618978) * y + 45507.789335026729;
    return (0.5 - (x * top) / low) * Math.exp(0.5 * y);
  }
  if (x < 5.656854249492381) {
    let top = 1.0765576773720192e-8 * x + 0.39894151208813466;
    top = (((top * x + 8.8831497943883759) * x + 93.506656132177855) * x + 597.27027639480026) * x + 2494.5375852903727;
    top = ((top * x + 6848.1904505362823) * x + 11602.65143764735) * x + 9842.714838383978;
    let low = x + 22.266688044328115;
    low = (((low * x + 235.38790178262499) * x + 1519.3775994075548) * x + 6485.5582982667607) * x + 18615.571640885098;
    low = ((low * x + 34900.952721145977) * x + 38912.003286093271) * x + 19685.42967685999;
    return top / low;
  }
  const y = 1 / (x * x);
  const top = ((((0.02307344176494017 * y + 0.21589853405795699) * y + 0.12740116116024736) * y + 0.022235277870649807) * y + 0.0014216191932278935) * y + 2.9112874951168792e-5;
  const low = ((((y + 1.2842600961449112) * y + 0.46823821248086512) * y + 0.065988137868928551) * y + 0.0037823963320275824) * y + 7.2975155508396621e-5;
  return (0.3989422804014327 - (y * top) / low) / x;
}

/** ln P(Z < z) of a standard normal Z, with full relative accuracy however far below 0 the z. */
export function logNormalCdf(z: number): number {
  if (z <= 0) return Math.log(scaledNormalTail(-z)) - 0.5 * z * z;
  return Math.log1p(-scaledNormalTail(z) * Math.exp(-0.5 * z * z));
}

/** density(z) / P(Z < z), the inverse Mills ratio: how fast {@link logNormalCdf} rises. */
export function inverseMills(z: number): number {
  if (z <= 0) return 0.3989422804014327 / scaledNormalTail(-z);
  const bell = Math.exp(-0.5 * z * z);
  return (0.3989422804014327 * bell) / (1 - scaledNormalTail(z) * bell);
}

/**
 * z + density(z) / P(Z < z): the mean of a normal variable around z, given that it is above 0. Below -10, where the two cancel, by Laplace's
 * continued fraction 1 / (x + 2 / (x + 3 / (x + …))) at x = -z.
 */
export function millsExcess(z: number): number {
  if (z > -10) return z + inverseMills(z);
  let fraction = -z;
  for (let k = 18; k > 1; k--) fraction = k / fraction - z;
  return 1 / fraction;
}
