import { ClientelaError } from '../../errors.js';
import { lowerBound } from '../../numeric/lowerBound.js';

/** The slope of a cumulative hazard about each of `at`; O(steps within the bandwidth) each. */
export function kernelRates(times: Float64Array, hazard: Float64Array, at: ArrayLike<number>, bandwidth: number): Float64Array {
  const last = times[times.length - 1]!;
  return Float64Array.from(at, (time) => {
    if (!(time >= 0 && time <= last)) throw new ClientelaError('INVALID_OPTION', `CumulativeHazard.rates needs times from 0 to ${last}, found ${time}`, { option: 'times', value: time });
    let sum = 0;
    for (let step = lowerBound(times, 0, times.length, time - bandwidth); step < times.length && times[step]! < time + bandwidth; step++) {
      const rise = hazard[step]! - (step > 0 ? hazard[step - 1]! : 0);
      sum += rise * 0.75 * (1 - ((times[step]! - time) / bandwidth) ** 2);
    }
    const mass = kernelMass(Math.min(1, (last - time) / bandwidth)) - kernelMass(Math.max(-1, -time / bandwidth));
    return mass > 0 ? sum / (bandwidth * mass) : 0;
  });
}

/** The integral of Epanechnikov's kernel from 0 to u. */
function kernelMass(u: number): number {
  return 0.75 * (u - u ** 3 / 3);
}
