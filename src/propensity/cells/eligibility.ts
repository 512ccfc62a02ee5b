import { ClientelaError } from '../../errors.js';
import { describeValue } from '../../data/instant.js';
import { isHeld, type EligibilityTerms } from './eligibilityTerms.js';
import { eachCode } from './eachCode.js';
import { columnOf, requireRow } from './requireCells.js';

/** How many customers may get a product, and what keeps the others from it. */
export interface EligibilityCount {
  /** Its name. */
  readonly product: string;
  /** Customers who may get it. */
  readonly eligible: number;
  /** Why the others may not, the most frequent reason first. */
  readonly excluded: readonly { readonly reason: string; readonly customers: number }[];
}

/**
 * Who may be offered what, and why not: asked cell by cell or in blocks, never kept for all cells.
 * Made by {@link eligibility}.
 *
 * @example
 * ```ts
 * import { Holdings } from 'clientela/data';
 * import { eligibility } from 'clientela/propensity';
 * const holdings = Holdings.fromRows([{ who: 'ann', what: 'card' }], { customer: 'who', product: 'what' });
 * const may = eligibility({ customers: ['ann', 'bob'], products: ['card', 'savings'] }, { holdings, requires: { savings: ['card'] } });
 * may.allows(0, 'savings'); // => true
 * may.reason(1, 'savings'); // => 'needs card first'
 * may.counts()[0]; // => { product: 'card', eligible: 1, excluded: [{ reason: 'holds it already', customers: 1 }] }
 * ```
 */
export class Eligibility {
  /** One a row. */
  readonly customers: readonly (string | number)[];
  /** One a column. */
  readonly products: readonly string[];
  readonly #terms: EligibilityTerms;
  readonly #reasons: string[] = [];
  readonly #codes = new Map<string, number>();

  /** @internal */
  constructor(made: object) {
    const terms = made as EligibilityTerms;
    this.#terms = terms;
    this.customers = terms.customers;
    this.products = terms.products;
  }

  /**
   * Whether a customer may be offered a product.
   *
   * @param row - position of the customer
   * @param product - its name, or its column
   * @returns true where no rule forbids it
   * @throws a {@link ClientelaError} `UNKNOWN_ID`
   */
  allows(row: number, product: string | number): boolean {
    return this.reason(row, product) === null;
  }

  /**
   * Why a customer may not be offered a product.
   *
   * @param row - position of the customer
   * @param product - its name, or its column
   * @returns the first reason of: blocked, held already, requires, excludes, only, rule; null where there is none
   * @throws a {@link ClientelaError} `UNKNOWN_ID`
   */
  reason(row: number, product: string | number): string | null {
    const caller = 'Eligibility.reason';
    return this.#why(requireRow(caller, this.customers.length, row), columnOf(caller, this.products, product));
  }

  /**
   * Writes for a block of customers which reason excludes each cell: 0 where it may be offered, else what {@link Eligibility.reasonOf} puts in words.
   *
   * @param from - the first row
   * @param to - the row after the last
   * @param out - row-major, (to - from) x products
   */
  codesInto(from: number, to: number, out: Uint16Array): void {
    const count = this.products.length;
    for (let row = from, at = 0; row < to; row++) {
      for (let j = 0; j < count; j++, at++) {
        const reason = this.#why(row, j);
        out[at] = reason === null ? 0 : this.#codeOf(reason);
      }
    }
  }

  /**
   * The words of a code of {@link Eligibility.codesInto}.
   *
   * @param code - from 1
   * @returns the reason
   */
  reasonOf(code: number): string {
    return this.#reasons[code - 1] ?? '';
  }

  /**
   * How many customers may get each product, and how many each reason keeps from it. Looks at every cell.
   *
   * @returns one a product, in their order
   */
  counts(): EligibilityCount[] {
    const width = this.products.length;
    const found = this.products.map(() => new Map<number, number>());
    eachCode(this, (code, at) => {
      const counted = found[at % width]!;
      counted.set(code, (counted.get(code) ?? 0) + 1);
    });
    return this.products.map((product, j) => {
      const eligible = found[j]!.get(0) ?? 0;
      const excluded = [...found[j]!].filter(([code]) => code > 0).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      return { product, eligible, excluded: excluded.map(([code, customers]) => ({ reason: this.reasonOf(code), customers })) };
    });
  }

  #why(row: number, j: number): string | null {
    const { blocked, blockReasons, held, own, requires, excludes, only, rule } = this.#terms;
    if (blocked !== null && blocked[row]! > 0) return blockReasons[blocked[row]! - 1]!;
    const at = held === null ? -1 : held.rowOf[row]!;
    const has = (column: number): boolean => at >= 0 && column >= 0 && isHeld(held!.rows, at, column);
    if (own[j]! >= 0 && has(own[j]!)) return 'holds it already';
    if (requires[j]!.length > 0) {
      const missing = requires[j]!.filter(({ column }) => !has(column));
      if (missing.length > 0) return `needs ${missing.map(({ name }) => name).join(' and ')} first`;
    }
    if (excludes[j]!.length > 0) {
      const against = excludes[j]!.filter(({ column }) => has(column));
      if (against.length > 0) return `holds ${against.map(({ name }) => name).join(' and ')}, which rules it out`;
    }
    const who = only[j] ?? null;
    if (who !== null && !who.may(row)) return who.reason;
    if (rule === null) return null;
    const answer: unknown = rule(this.customers[row]!, this.products[j]!);
    if (answer === true) return null;
    if (typeof answer === 'string' && answer !== '') return answer;
    throw new ClientelaError('INVALID_VALUE', `eligibility needs rule to answer true or the reason in words, found ${describeValue(answer)} for customer ${describeValue(this.customers[row])} and "${this.products[j]!}"`, { row, product: this.products[j] });
  }

  #codeOf(reason: string): number {
    const known = this.#codes.get(reason);
    if (known !== undefined) return known;
    if (this.#reasons.length === 65_535) throw new ClientelaError('INVALID_OPTION', 'eligibility needs rule to give fewer than 65536 different reasons; leave names and numbers of customers out of them', { option: 'rule' });
    this.#codes.set(reason, this.#reasons.push(reason));
    return this.#reasons.length;
  }
}
