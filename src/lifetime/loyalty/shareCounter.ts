import type { LevelShare, PurchaseShares } from './purchaseShares.js';

/** Collects the shares of customers, one after the other. */
export class ShareCounter {
  readonly customers: (string | number)[] = [];
  readonly #levels: readonly string[];
  readonly #settings: { readonly ofSpend: boolean; readonly hasAmounts: boolean };
  /** Of the customer being counted, by level. */
  readonly #purchases: Float64Array;
  readonly #spend: Float64Array;
  readonly #used: number[] = [];
  readonly #entries: Record<'level' | 'purchases' | 'spend' | 'share', number[]> = { level: [], purchases: [], spend: [], share: [] };
  readonly #offsets: Uint32Array;
  readonly #ofCustomers: Record<'main' | 'mainShare' | 'concentration' | 'entropy', Float64Array>;
  #unknown = 0;

  constructor(levels: readonly string[], customers: number, settings: { readonly ofSpend: boolean; readonly hasAmounts: boolean }) {
    this.#levels = levels;
    this.#settings = settings;
    this.#purchases = new Float64Array(levels.length);
    this.#spend = new Float64Array(levels.length);
    this.#offsets = new Uint32Array(customers + 1);
    this.#ofCustomers = { main: new Float64Array(customers), mainShare: new Float64Array(customers), concentration: new Float64Array(customers), entropy: new Float64Array(customers) };
  }

  /** Counts a purchase of the present customer. */
  count(level: number, amount: number): void {
    if (level < 0) {
      this.#unknown++;
      return;
    }
    if (this.#purchases[level]!++ === 0) this.#used.push(level);
    this.#spend[level]! += amount;
  }

  /** Ends the present customer. */
  close(customer: string | number): void {
    if (this.#used.length === 0) return;
    const row = this.customers.length;
    const figures = this.#ofCustomers;
    const values = this.#settings.ofSpend ? this.#spend : this.#purchases;
    const total = this.#used.reduce((sum, level) => sum + values[level]!, 0);
    this.#used.sort((a, b) => a - b);
    for (const level of this.#used) {
      const share = values[level]! / total;
      if (share > figures.mainShare[row]!) [figures.main[row], figures.mainShare[row]] = [level, share];
      figures.concentration[row]! += share * share;
      figures.entropy[row]! -= share * Math.log(share);
      this.#entries.level.push(level);
      this.#entries.purchases.push(this.#purchases[level]!);
      this.#entries.spend.push(this.#spend[level]!);
      this.#entries.share.push(share);
      this.#purchases[level] = this.#spend[level] = 0;
    }
    this.#used.length = 0;
    this.customers.push(customer);
    this.#offsets[row + 1] = this.#entries.level.length;
  }

  /** The shares of all customers. */
  shares(): PurchaseShares {
    const count = this.customers.length;
    const { main, mainShare, concentration, entropy } = this.#ofCustomers;
    const { level, purchases, spend, share } = this.#entries;
    return Object.freeze({
      customers: this.customers,
      levels: this.#levels,
      offsets: this.#offsets.slice(0, count + 1),
      level: Int32Array.from(level),
      purchases: Float64Array.from(purchases),
      spend: Float64Array.from(spend),
      share: Float64Array.from(share),
      main: Int32Array.from(main.subarray(0, count)),
      mainShare: mainShare.slice(0, count),
      concentration: concentration.slice(0, count),
      entropy: entropy.slice(0, count),
      whole: this.#whole(),
      unknownPurchases: this.#unknown,
    });
  }

  #whole(): LevelShare[] {
    const { level: levels, purchases, spend } = this.#entries;
    const sums = this.#levels.map((level) => ({ level, purchases: 0, spend: 0, customers: 0, mainCustomers: 0 }));
    levels.forEach((level, entry) => {
      const sum = sums[level]!;
      sum.purchases += purchases[entry]!;
      sum.spend += spend[entry]!;
      sum.customers++;
    });
    for (const level of this.#ofCustomers.main.subarray(0, this.customers.length)) sums[level]!.mainCustomers++;
    const { ofSpend, hasAmounts } = this.#settings;
    const total = sums.reduce((all, sum) => all + (ofSpend ? sum.spend : sum.purchases), 0);
    return sums
      .filter(({ customers }) => customers > 0)
      .map(({ level, purchases: bought, spend: paid, customers, mainCustomers }): LevelShare => ({ level, purchases: bought, spend: hasAmounts ? paid : null, share: (ofSpend ? paid : bought) / total, customers, mainCustomers }))
      .sort((a, b) => b.share - a.share);
  }
}
