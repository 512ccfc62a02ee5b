import { ClientelaError } from '../../errors.js';
import { normalQuantile } from '../../numeric/normal.js';
import type { AdditiveTermState, ShapePoint, TermShape } from './additiveState.js';
import type { TermAxis } from './axis.js';

/** A term as a table; where training had no missing number, there is no point for one. */
export function shapeOf({ axes, effects, errors, spread }: AdditiveTermState, { confidence = 0.95 }: { readonly confidence?: number }): TermShape {
  if (!(confidence > 0 && confidence < 1)) {
    throw new ClientelaError('INVALID_OPTION', `AdditiveLogistic.terms needs confidence between 0 and 1, found ${String(confidence)}`, { option: 'confidence', value: confidence });
  }
  const z = normalQuantile((1 + confidence) / 2);
  const [first, second] = axes as readonly [TermAxis, TermAxis?];
  const places = second === undefined ? placesOf(first).map((place) => [place]) : placesOf(first).flatMap((a) => placesOf(second).map((b) => [a, b]));
  const points = places.map((at, i): ShapePoint => ({ at, effect: effects[i]!, lower: effects[i]! - z * errors[i]!, upper: effects[i]! + z * errors[i]! }));
  return {
    features: axes.map(({ column }) => column),
    kind: second !== undefined ? 'pair' : 'levels' in first ? 'category' : 'number',
    spread,
    points: points.filter(({ at }, i) => !at.includes(null) || effects[i] !== 0 || errors[i] !== 0),
  };
}

function placesOf(axis: TermAxis): (number | string | null)[] {
  return 'levels' in axis ? [...axis.levels] : [...axis.knots, null];
}
