import { describeValue } from '../../data/instant.js';
import { ClientelaError } from '../../errors.js';

/** A confidence in (0, 1). */
export function requireConfidence(caller: string, confidence: number): void {
  if (confidence > 0 && confidence < 1) return;
  throw new ClientelaError('INVALID_OPTION', `${caller} needs confidence between 0 and 1, found ${describeValue(confidence)}`, { option: 'confidence', value: confidence });
}
