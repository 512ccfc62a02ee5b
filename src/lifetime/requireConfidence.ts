import { ClientelaError } from '../errors.js';

/** The confidence of an interval, when it is one. */
export function requireConfidence(caller: string, confidence: number): number {
  if (typeof confidence === 'number' && confidence > 0 && confidence < 1) return confidence;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs a confidence between 0 and 1, such as 0.95, found ${String(confidence)}`, { function: caller, option: 'confidence', value: confidence });
}
