import { ClientelaError, isClientelaError } from '../errors.js';
import { createRandom, shuffle } from '../numeric/random.js';
import { requireFigure, type CountedMetric } from './countedMetric.js';
import { drawSample, spreadUnits, type Resampling } from './resampling.js';

/** Called after every sample; false stops there. */
export type SampleProgress = (progress: { readonly done: number; readonly total: number; readonly objective: number }) => boolean | undefined | void;

/** Several figures of the same samples. */
export interface BootstrapSamples {
  /** One array per figure, in the order of the draws. */
  readonly values: readonly Float64Array[];
  readonly stopped: boolean;
}

/** So many units, or blocks of units, are left out in turn for the acceleration. */
const BLOCKS = 200;

/** What a figure says of a sample in which it does not exist. */
const NONE: readonly string[] = ['TARGET_CLASSES', 'EMPTY_INPUT', 'PERFECT_SEPARATION', 'NOT_IDENTIFIED'];

/**
 * The figures of samples with replacement. A sample in which a figure does not exist, as an area under the curve without events, is drawn anew;
 * where that is more than half of them, for want of a class or as the classes are separated, the error says so.
 */
export function bootstrapSamples(caller: string, plan: Resampling, figures: readonly CountedMetric[], replicates: number, seed: number, onProgress?: SampleProgress): BootstrapSamples {
  const random = createRandom(seed);
  const drawn = new Uint32Array(plan.unitCount);
  const counts = new Float64Array(plan.rowCount);
  const values = figures.map(() => new Float64Array(replicates));
  let [done, failed, stopped] = [0, 0, false];
  while (done < replicates && !stopped) {
    drawSample(plan, random, drawn, counts);
    if (measured(caller, figures, counts, values, done)) {
      done++;
      stopped = onProgress?.({ done, total: replicates, objective: values[0]![done - 1]! }) === false && done < replicates;
    } else if (++failed > Math.max(replicates, 100)) {
      throw new ClientelaError('TARGET_CLASSES', `${caller} found no value of the metric in ${failed} of ${failed + done} samples; give stratify: true, or add rows`, {
        failed,
      });
    }
  }
  return { values: values.map((all) => all.subarray(0, done)), stopped };
}

/** The figures without each unit in turn, or without each of 200 random blocks where there are more; undefined where one does not exist. */
export function leaveOutValues(caller: string, plan: Resampling, figures: readonly CountedMetric[], seed: number): Float64Array[] | undefined {
  const { unitCount } = plan;
  const blocks = Math.min(unitCount, BLOCKS);
  const order = Uint32Array.from({ length: unitCount }, (_, unit) => unit);
  if (unitCount > blocks) shuffle(order, createRandom(seed));
  const drawn = new Uint32Array(unitCount);
  const counts = new Float64Array(plan.rowCount);
  const values = figures.map(() => new Float64Array(blocks));
  for (let block = 0; block < blocks; block++) {
    drawn.fill(1);
    for (let i = block; i < unitCount; i += blocks) drawn[order[i]!] = 0;
    spreadUnits(plan, drawn, counts);
    if (!measured(caller, figures, counts, values, block)) return undefined;
  }
  return values;
}

function measured(caller: string, figures: readonly CountedMetric[], counts: Float64Array, values: readonly Float64Array[], position: number): boolean {
  try {
    for (let j = 0; j < figures.length; j++) {
      const value = figures[j]!(counts);
      if (Number.isNaN(value)) return false;
      values[j]![position] = requireFigure(caller, value);
    }
    return true;
  } catch (error) {
    if (isClientelaError(error) && NONE.includes(error.code)) return false;
    throw error;
  }
}
