import { EventLog, Frame } from 'clientela/data';
import type { Dataset } from './dataset.js';

const DAY = 86_400_000;

/** The dataset as the library reads it, in the worker; each form is made once, when first asked for. */
export class Loaded {
  readonly dataset: Dataset;
  #log?: EventLog;
  #customers?: Frame;

  constructor(dataset: Dataset) {
    this.dataset = dataset;
  }

  /** Every event, rows that cannot be read left out. */
  get log(): EventLog {
    const { events } = this.dataset;
    if (events === undefined) throw new Error('This needs a file of events: one row for each purchase or contact.');
    const { customer, time, item, amount, channel } = events.roles;
    const roles = { customer, time, ...(item === undefined ? {} : { item }), ...(amount === undefined ? {} : { amount }), ...(channel === undefined ? {} : { channel }) };
    this.#log ??= EventLog.fromColumns(events.table.columns, roles, { invalid: 'skip' });
    return this.#log;
  }

  /** The table of customers, every column; numbers that identify stay text. */
  get customers(): Frame {
    const { customers } = this.dataset;
    if (customers === undefined) throw new Error('This needs a file of customers: one row for each.');
    const { customer } = customers.roles;
    this.#customers ??= Frame.fromColumns(customers.table.columns, customer === undefined ? {} : { [customer]: 'id' });
    return this.#customers;
  }

  /** The first midnight (UTC) after the last event: everything before it is known. */
  get asOf(): number {
    return (Math.floor(this.log.lastTime / DAY) + 1) * DAY;
  }
}
