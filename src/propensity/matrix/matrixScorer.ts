import { applyHeads, openHeads, type HeadMaps } from '../stack/heads.js';
import { applyStack } from '../stack/stackedLogits.js';
import { engineOf, type Engine, type EngineMethod } from './engines.js';
import type { LogitContribution } from '../products/productLogits.js';
import type { PropensityMethod } from './matrixOptions.js';
import type { LearntParts, PropensityMatrixState } from './matrixState.js';
import type { ScoreRows } from './scoreRows.js';

/** Rows that are scored together: their numbers stay in the cache. */
const STEP = 256;

/** From customers to probabilities: the methods of all products at work. */
export class MatrixScorer {
  readonly #width: number;
  readonly #learnt: LearntParts;
  readonly #engines = new Map<EngineMethod, { readonly engine: Engine; readonly maps: HeadMaps }>();
  readonly #buffers = new Map<string, Float64Array>();
  readonly #refused: Uint8Array;
  /** What is taken from the scores of each engine: how a probability would be without one of its reasons. */
  readonly #without = new Map<EngineMethod, number>();

  constructor({ products, learnt, report }: PropensityMatrixState) {
    this.#learnt = learnt as LearntParts;
    this.#width = products.length;
    const { heads, engines, designs } = this.#learnt;
    for (const method of Object.keys(heads) as EngineMethod[]) {
      this.#engines.set(method, { engine: engineOf(method, engines[method], designs, products), maps: openHeads(heads[method]!) });
    }
    this.#refused = Uint8Array.from(report.certificates, ({ status }) => Number(status === 'refused'));
  }

  /** Log-odds of the rows `from` to `to`, row-major, into the first places of `out`; held products and refused ones too. */
  logitsInto(rows: ScoreRows, from: number, to: number, out: Float64Array, methods: readonly PropensityMethod[]): void {
    const width = this.#width;
    for (let start = from; start < to; start += STEP) {
      const end = Math.min(start + STEP, to);
      const target = out.subarray((start - from) * width, (end - from) * width);
      for (const method of new Set(methods)) {
        const columns = methods.flatMap((chosen, column) => (chosen === method ? [column] : []));
        if (columns.length === width) {
          this.#methodInto(method, rows, start, end, target);
          continue;
        }
        const part = this.#buffer(method);
        this.#methodInto(method, rows, start, end, part);
        for (let r = 0; r < end - start; r++) for (const column of columns) target[r * width + column] = part[r * width + column]!;
      }
    }
  }

  /** Probabilities; `NaN` for products held and refused ones. */
  probabilitiesInto(rows: ScoreRows, from: number, to: number, out: Float64Array, methods: readonly PropensityMethod[]): void {
    const width = this.#width;
    this.logitsInto(rows, from, to, out, methods);
    for (let at = 0, end = (to - from) * width; at < end; at++) out[at] = 1 / (1 + Math.exp(-out[at]!));
    for (let column = 0; column < width; column++) {
      if (this.#refused[column] === 1) for (let at = column, end = (to - from) * width; at < end; at += width) out[at] = NaN;
    }
    const { offsets, columns } = rows.held;
    for (let row = from; row < to; row++) for (let e = offsets[row]!; e < offsets[row + 1]!; e++) out[(row - from) * width + columns[e]!] = NaN;
  }

  /** The log-odds of one product for the first row, with so much taken from the scores of some engines. */
  logOdds(rows: ScoreRows, product: number, methods: readonly PropensityMethod[], without: ReadonlyMap<EngineMethod, number> | null): number {
    const out = new Float64Array(this.#width);
    without?.forEach((amount, method) => this.#without.set(method, amount));
    this.#methodInto(methods[product]!, rows, 0, 1, out);
    this.#without.clear();
    return out[product]!;
  }

  /** What each regression at work says of a product for the first row; empty where none is. */
  contributions(rows: ScoreRows, product: number): Map<EngineMethod, readonly LogitContribution[]> {
    const found = new Map<EngineMethod, readonly LogitContribution[]>();
    for (const [method, { engine }] of this.#engines) if (engine.contributions !== undefined) found.set(method, engine.contributions(rows, 0, product));
    return found;
  }

  #methodInto(method: PropensityMethod, rows: ScoreRows, from: number, to: number, out: Float64Array): void {
    if (method !== 'stack') {
      const { engine, maps } = this.#engines.get(method)!;
      engine.scoreInto(rows, from, to, out);
      const less = this.#without.get(method) ?? 0;
      if (less !== 0) for (let at = 0; at < (to - from) * this.#width; at++) out[at]! -= less;
      applyHeads(maps, out, 0, to - from, out);
      return;
    }
    const { engines, state } = this.#learnt.stack!;
    const parts = engines.map((name) => {
      const part = this.#buffer(`stack of ${name}`);
      this.#methodInto(name, rows, from, to, part);
      return part;
    });
    applyStack(state, parts, 0, to - from, out);
  }

  #buffer(name: string): Float64Array {
    const buffer = this.#buffers.get(name) ?? new Float64Array(STEP * this.#width);
    this.#buffers.set(name, buffer);
    return buffer;
  }
}
