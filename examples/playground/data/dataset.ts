/** What the page works on: one or two tables of text cells, and what each column of them is for. */
import type { CsvTable } from '../../quickstart/parseCsv.mjs';

export type Table = CsvTable;

/** One row a customer. */
export interface CustomerRoles {
  /** The column with the number of the customer. */
  customer?: string;
  /** The column to foretell, and its value that counts as yes. */
  target?: string;
  positive?: string;
  /** What customers say they spend everywhere in a year, where that is known. */
  wallet?: string;
  /** The columns that describe a customer. */
  features: readonly string[];
}

/** One row an event: a purchase, a contact, a contract. */
export interface EventRoles {
  customer: string;
  time: string;
  item?: string;
  amount?: string;
  channel?: string;
  /** The value of the item column that closes the relation, where the log has one. */
  leaving?: string;
  /** The values of the item column that are products one may offer. */
  products?: readonly string[];
}

export interface Dataset {
  name: string;
  customers?: { table: Table; roles: CustomerRoles };
  events?: { table: Table; roles: EventRoles };
}
