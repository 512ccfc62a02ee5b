/** Which column plays which part in an `EventLog`; `Name` is the type of the column names, so a misspelt one does not compile. */
export interface EventRoles<Name extends string = string> {
  /** Who: the identifier of the customer. */
  readonly customer: Name;
  /** When: a `Date`, epoch milliseconds or ISO 8601 text; text without a zone is UTC. */
  readonly time: Name;
  /** What: product, or kind of event (`'contact'`, `'complaint'`). */
  readonly item?: Name;
  /** How much, in one currency; negative for a return. */
  readonly amount?: Name;
  /** Where or by which way (`'web'`, `'branch'`). */
  readonly channel?: Name;
}

/** How an `EventLog` treats doubtful rows, and until when it has been observed. */
export interface EventLogOptions {
  /**
   * What happens to a row without customer, without a readable time, or with an amount that is no finite number: `'throw'` names
   * the first one, `'skip'` leaves such rows out and counts them in `log.quality`.
   *
   * @defaultValue 'throw'
   */
  readonly invalid?: 'throw' | 'skip';
  /**
   * What happens to events equal in every role: `'keep'` (two coffees at one till are two sales) or `'drop'` (a file loaded twice);
   * counted in `log.quality` either way.
   *
   * @defaultValue 'keep'
   */
  readonly duplicates?: 'keep' | 'drop';
  /**
   * The moment before which everything that happened is in the data: the end of the extract. Not before the last event.
   *
   * @defaultValue the time of the last event; the end of its day when every time is a midnight (UTC), as dates without a time of day are
   */
  readonly observedUntil?: Date | number | string;
}

/** One event as an object; the roles that the log has, and `null` for what is missing. */
export interface EventRow {
  /** Who. */
  readonly customer: string | number;
  /** When. */
  readonly time: Date;
  /** What; present when the log has items. */
  readonly item?: string | null;
  /** How much; present when the log has amounts. */
  readonly amount?: number | null;
  /** Where; present when the log has channels. */
  readonly channel?: string | null;
}

/** Columns of an event log: sorted by customer, then time, then item, channel and amount, in compressed form. */
export interface EventColumns {
  /** Distinct customers, ascending. */
  readonly customers: readonly (string | number)[];
  /** The events of customer `c` are `offsets[c]` (included) to `offsets[c + 1]` (excluded). */
  readonly offsets: Uint32Array;
  /** UTC epoch milliseconds. */
  readonly times: Float64Array;
  /** Position in `itemLevels`, -1 where missing; undefined when the log has no items. */
  readonly items: Int32Array | undefined;
  /** Distinct items, ascending by code unit. */
  readonly itemLevels: readonly string[];
  /** Amounts, `NaN` where missing; undefined when the log has no amounts. */
  readonly amounts: Float64Array | undefined;
  /** Position in `channelLevels`, -1 where missing; undefined when the log has no channels. */
  readonly channels: Int32Array | undefined;
  /** Distinct channels, ascending by code unit. */
  readonly channelLevels: readonly string[];
}
