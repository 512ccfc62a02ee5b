import type { BinnedFeature } from './binTable.js';
import { assembleKernels } from './wasmKernels.js';

/** The memory that trees are grown in, and the compiled loops over it where there are any. */
export interface TreeMemory {
  /** The bin of each row and feature, row after row: what histograms are built from. */
  readonly cells: Uint8Array;
  /** The same feature after feature: what rows are parted by. */
  readonly columns: Uint8Array;
  /** Pairs of gradient and hessian, one a row. */
  readonly gradients: Float64Array;
  /** The rows of a tree; those of each node stand together, ascending. */
  readonly rows: Int32Array;
  /** Room for the rows that go right. */
  readonly scratch: Int32Array;
  /** Where histograms are built: pairs of sums, one a bin. */
  readonly histogram: Float64Array;
  /** For each bin of a feature 1 where it goes left. */
  readonly goesLeft: Uint8Array;
  /** Null where loops run in JavaScript. */
  readonly kernels: Kernels | null;
}

/** Loops over the memory; rows by position in `rows`. */
export interface Kernels {
  /** Adds the rows' gradients to `histogram`; `scattered` says that most rows lie between them. */
  build(start: number, end: number, scattered: boolean): void;
  /** Puts the rows of bins that go left first, each part in its order; gives where the right part begins. */
  partition(feature: number, start: number, end: number): number;
}

/** Where everything lies, in bytes. */
export interface MemoryPlan {
  readonly cells: number;
  readonly columns: number;
  readonly gradients: number;
  readonly rows: number;
  readonly scratch: number;
  readonly histogram: number;
  readonly goesLeft: number;
  readonly bytes: number;
}

interface WasmMemory {
  readonly buffer: ArrayBuffer;
}
/** What is used of WebAssembly, whose types belong to the browser's library. */
interface Wasm {
  readonly Memory: new (pages: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, (...args: number[]) => number>> };
}

declare const WebAssembly: Wasm;

// Below so many cells, compiling takes longer than it saves.
const FEW_CELLS = 50_000;

/** Memory for so many rows in at most 256 bins a feature. */
export function createTreeMemory(rowCount: number, features: readonly BinnedFeature[], slots: number): TreeMemory {
  const cellCount = rowCount * features.length;
  const plan = planMemory(rowCount, cellCount, slots);
  const over = (buffer: ArrayBuffer, kernels: Kernels | null): TreeMemory => ({
    cells: new Uint8Array(buffer, plan.cells, cellCount),
    columns: new Uint8Array(buffer, plan.columns, cellCount),
    gradients: new Float64Array(buffer, plan.gradients, 2 * rowCount),
    rows: new Int32Array(buffer, plan.rows, rowCount),
    scratch: new Int32Array(buffer, plan.scratch, rowCount + 1),
    histogram: new Float64Array(buffer, plan.histogram, 2 * slots),
    goesLeft: new Uint8Array(buffer, plan.goesLeft, 256),
    kernels,
  });
  if (typeof WebAssembly === 'object' && cellCount > FEW_CELLS) {
    // Without room, or where a page forbids compiling, the same is done in JavaScript: to the same bits, in three times the time.
    try {
      const memory = new WebAssembly.Memory({ initial: Math.ceil(plan.bytes / 65_536) });
      const { code, groups } = assembleKernels(plan, features);
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { e: { m: memory } });
      return over(memory.buffer, kernelsOf(exports, plan, groups, rowCount));
    } catch {
      // As below.
    }
  }
  return over(new ArrayBuffer(plan.bytes), null);
}

function planMemory(rowCount: number, cellCount: number, slots: number): MemoryPlan {
  let bytes = 0;
  const place = (size: number): number => {
    const at = bytes;
    bytes += Math.ceil(size / 64) * 64;
    return at;
  };
  const histogram = place(16 * slots);
  const goesLeft = place(256);
  const gradients = place(16 * rowCount);
  const rows = place(4 * rowCount);
  const scratch = place(4 * rowCount + 4);
  const cells = place(cellCount);
  const columns = place(cellCount);
  return { cells, columns, gradients, rows, scratch, histogram, goesLeft, bytes };
}

// So many rows at a time: what one pass has fetched the next still finds near.
const CHUNK = 512;

function kernelsOf(exports: Readonly<Record<string, (...args: number[]) => number>>, { rows, columns }: MemoryPlan, groups: number, rowCount: number): Kernels {
  const passes = Array.from({ length: groups }, (_, group) => exports[`h${group}`]!);
  const touch = exports['t']!;
  const partition = exports['p']!;
  return {
    build(start, end, scattered) {
      for (let from = start; from < end; from += CHUNK) {
        const to = rows + 4 * Math.min(end, from + CHUNK);
        if (scattered) touch(rows + 4 * from, to);
        for (const pass of passes) pass(rows + 4 * from, to);
      }
    },
    partition: (feature, start, end) => (partition(rows + 4 * start, rows + 4 * end, columns + feature * rowCount) - rows) >>> 2,
  };
}
