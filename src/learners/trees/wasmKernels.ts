import type { BinnedFeature } from './binTable.js';
import type { MemoryPlan } from './treeMemory.js';

// WebAssembly's own numbers for what is used of it.
const [LOOP, END, BRANCH_IF, LOCAL_GET, LOCAL_SET, LOCAL_TEE, I32, VOID, LESS, ADD, MULTIPLY, XOR, SHIFT_LEFT] = [0x03, 0x0b, 0x0d, 0x20, 0x21, 0x22, 0x7f, 0x40, 0x49, 0x6a, 0x6c, 0x73, 0x74] as const;
const [LOAD, LOAD_8, STORE] = [[0x28, 2], [0x2d, 0], [0x36, 2]] as const;
const [PAIR, PAIR_LOAD, PAIR_STORE, PAIR_ADD, COPY] = [0x7b, [0xfd, 0, 4], [0xfd, 11, 4], [0xfd, 0xf0, 1], [0xfc, 10, 0, 0]] as const;

// Features whose histograms together fill so many bytes are added up in one pass over the rows.
const PASS_BYTES = 131_072;

/**
 * The inner loops as WebAssembly, written for the very table: the place of every feature is a constant, and gradient and hessian are added as one
 * pair. The sums are those of the loops in JavaScript to the last bit, as they are added in the same order: buildHistogram.ts and partitionRows.ts say in
 * words what the bytes do, and a test of fitBoostedTrees grows the same trees both ways.
 */
export function assembleKernels(plan: MemoryPlan, features: readonly BinnedFeature[]): { code: Uint8Array; groups: number } {
  const groups: number[][] = [];
  let bytes = PASS_BYTES;
  features.forEach(({ bins }, feature) => {
    if (bytes >= PASS_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)!.push(feature);
    bytes += 16 * bins;
  });
  const stride = features.length;
  const cell = (at: number): number[] => [...LOAD_8, ...unsigned(plan.cells + at)];
  // Parameters 0 and 1 are the first row and the end; local 2 is the row, then where its cells begin.
  const overRows = (body: number[]): number[] => [
    LOOP, VOID, LOCAL_GET, 0, ...LOAD, 0, LOCAL_SET, 2, ...body, LOCAL_GET, 0, ...constant(4), ADD, LOCAL_TEE, 0, LOCAL_GET, 1, LESS, BRANCH_IF, 0, END,
  ];
  const toCells = [LOCAL_GET, 2, ...constant(stride), MULTIPLY];
  const build = (group: number[]): number[] => {
    const each = group.flatMap((feature) => {
      const slot = unsigned(plan.histogram + 16 * features[feature]!.offset);
      const address = [LOCAL_GET, 2, ...cell(feature), ...constant(4), SHIFT_LEFT, LOCAL_TEE, 3];
      return [...address, LOCAL_GET, 3, ...PAIR_LOAD, ...slot, LOCAL_GET, 4, ...PAIR_ADD, ...PAIR_STORE, ...slot];
    });
    const pair = [LOCAL_GET, 2, ...constant(4), SHIFT_LEFT, ...PAIR_LOAD, ...unsigned(plan.gradients), LOCAL_SET, 4];
    return routine([[2, I32], [1, PAIR]], overRows([...pair, ...toCells, LOCAL_SET, 2, ...each]));
  };
  // Reads something of every row, so that it is fetched: many at once, as nothing waits for them.
  const touch = routine([[2, I32]], [
    ...overRows([...toCells, ...cell(0), ...toCells, ...cell(stride - 1), XOR, LOCAL_GET, 2, ...constant(4), SHIFT_LEFT, ...LOAD, ...unsigned(plan.gradients), XOR, LOCAL_GET, 3, XOR, LOCAL_SET, 3]),
    LOCAL_GET, 3,
  ]);
  // Parameter 2 is where the feature's column begins; local 3 the row, 4 and 5 where the next one goes left or right, 6 four where it goes left.
  const row = [LOCAL_GET, 2, ADD, ...LOAD_8, 0, ...LOAD_8, ...unsigned(plan.goesLeft), ...constant(2), SHIFT_LEFT, LOCAL_TEE, 6];
  const partition = routine([[4, I32]], [
    LOCAL_GET, 0, LOCAL_SET, 4, ...constant(plan.scratch), LOCAL_SET, 5,
    LOOP, VOID, LOCAL_GET, 4, LOCAL_GET, 0, ...LOAD, 0, LOCAL_TEE, 3, ...STORE, 0, LOCAL_GET, 5, LOCAL_GET, 3, ...STORE, 0,
    LOCAL_GET, 3, ...row, LOCAL_GET, 4, ADD, LOCAL_SET, 4, LOCAL_GET, 5, ...constant(4), ADD, LOCAL_GET, 6, 0x6b, LOCAL_SET, 5,
    LOCAL_GET, 0, ...constant(4), ADD, LOCAL_TEE, 0, LOCAL_GET, 1, LESS, BRANCH_IF, 0, END,
    LOCAL_GET, 4, ...constant(plan.scratch), LOCAL_GET, 5, ...constant(plan.scratch), 0x6b, ...COPY, LOCAL_GET, 4,
  ]);
  const routines = [...groups.map((group) => [0, `h${groups.indexOf(group)}`, build(group)] as const), [1, 't', touch] as const, [2, 'p', partition] as const];
  const types = [[0x60, 2, I32, I32, 0], [0x60, 2, I32, I32, 1, I32], [0x60, 3, I32, I32, I32, 1, I32]];
  const code = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    section(1, types),
    section(2, [[1, 0x65, 1, 0x6d, 2, 0, 1]]),
    section(3, routines.map(([type]) => [type])),
    section(7, routines.map(([, name], i) => [...unsigned(name.length), ...Array.from(name, (letter) => letter.charCodeAt(0)), 0, ...unsigned(i)])),
    section(10, routines.map(([, , body]) => body)),
  ].flat();
  return { code: Uint8Array.from(code), groups: groups.length };
}

function routine(locals: readonly (readonly number[])[], body: readonly number[]): number[] {
  const whole = [locals.length, ...locals.flat(), ...body, END];
  return [...unsigned(whole.length), ...whole];
}

function section(id: number, parts: readonly (readonly number[])[]): number[] {
  const content = [...unsigned(parts.length), ...parts.flat()];
  return [id, ...unsigned(content.length), ...content];
}

/** A whole number of 0 or more, seven bits a byte (LEB128). */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...unsigned(Math.floor(value / 128))];
}

/** A constant; signed, so that one beyond 2^31 stands for what is 2^32 less. */
function constant(value: number): number[] {
  const bytes = [0x41];
  for (let rest = value | 0; ; rest >>= 7) {
    const last = rest >= -64 && rest < 64;
    bytes.push((rest & 127) | (last ? 0 : 128));
    if (last) return bytes;
  }
}
