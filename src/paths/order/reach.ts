/** Which places of a growing graph reach which, a bit for each pair. */
export class Reach {
  readonly #width: number;
  readonly #bits: Uint32Array;
  readonly #size: number;

  /** So many places, without links. */
  constructor(size: number) {
    this.#size = size;
    this.#width = (size + 31) >>> 5;
    this.#bits = new Uint32Array(size * this.#width);
  }

  /** Whether it is reached over one link or more. */
  has(from: number, to: number): boolean {
    return ((this.#bits[from * this.#width + (to >>> 5)]! >>> (to & 31)) & 1) === 1;
  }

  /** Whether each reaches the other, so that they are on a cycle. */
  joins(a: number, b: number): boolean {
    return this.has(a, b) && this.has(b, a);
  }

  /** How many it reaches, itself among them. */
  count(from: number): number {
    let count = 0;
    for (let to = 0; to < this.#size; to++) if (to === from || this.has(from, to)) count++;
    return count;
  }

  /** Adds a link: who reaches its beginning reaches its end, and all beyond. */
  add(from: number, to: number): void {
    if (this.has(from, to)) return;
    const [bits, width] = [this.#bits, this.#width];
    for (let at = 0; at < this.#size; at++) {
      if ((at !== from && !this.has(at, from)) || this.has(at, to)) continue;
      for (let k = 0; k < width; k++) bits[at * width + k]! |= bits[to * width + k]!;
      bits[at * width + (to >>> 5)]! |= 1 << (to & 31);
    }
  }
}
