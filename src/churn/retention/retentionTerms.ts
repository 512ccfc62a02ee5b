/** A figure that is the same for everybody, or one a customer. */
export type RetentionAmount = number | ArrayLike<number>;

/** The terms of a retention campaign; money is in one currency, the caller's. */
export interface RetentionTerms {
  /** What a customer who stays is worth from now on, the offer not yet paid: a value of their future, such as that of a lifetime model. One number, or one a customer; 0 or more. */
  readonly customerValue: RetentionAmount;
  /** What one contact costs. One number, or one a customer. */
  readonly contactCost: RetentionAmount;
  /** What the offer costs where it is taken. One number, or one a customer. @defaultValue 0 */
  readonly incentiveCost?: RetentionAmount;
  /** The probability that one who would leave stays for the offer, in [0, 1]. One number, or one a customer. Needed without `leavingIfContacted`. */
  readonly acceptance?: RetentionAmount;
  /** The probability that one who would stay takes the offer, in [0, 1]. @defaultValue 1: what is given away is taken */
  readonly incentiveTaken?: RetentionAmount;
  /** The probability that one who would stay leaves because of the contact, in [0, 1]: reminded of the end of a contract, say. @defaultValue 0 */
  readonly wakeUp?: RetentionAmount;
  /**
   * The probability of leaving of each customer if contacted, such as `leaving` less the effect that an uplift of a trial foretells. It takes the place of
   * `acceptance` and `wakeUp`; who would leave sooner for being contacted is never contacted.
   */
  readonly leavingIfContacted?: ArrayLike<number>;
  /** The standard error of that effect, one a customer: it tells those surely woken from those who may be. */
  readonly effectError?: RetentionAmount;
  /** What the campaign costs whoever is contacted. @defaultValue 0 */
  readonly fixedCost?: number;
  /** The most that the campaign may be expected to cost: contacts, offers and the fixed cost. @defaultValue no limit */
  readonly budget?: number;
  /** The most customers that can be contacted. @defaultValue no limit */
  readonly capacity?: number;
  /** Who the probabilities belong to, to have the chosen ones by name. */
  readonly customers?: ArrayLike<string | number>;
  /** Confidence of the interval of the profit, and of who is surely woken, in (0, 1). @defaultValue 0.95 */
  readonly confidence?: number;
}
