/** Which columns a design has: of the customers, of what they hold, or of both. */
export type DesignVariant = 'profile' | 'holdings' | 'both';

/** A number (a date, a boolean) as one 0/1 column a range, and one for missing where training had missing ones. */
export interface NumberDesignTerm {
  readonly kind: 'number';
  /** The column of the customers. */
  readonly column: string;
  /** Whether the values are moments, in milliseconds. */
  readonly isDate: boolean;
  /** Ascending; range i holds what is at least splits[i - 1] and below splits[i]. */
  readonly splits: readonly number[];
  readonly hasMissing: boolean;
}

/** A category as one 0/1 column a level, `(other)` and `(missing)` among them where training had them. */
export interface CategoryDesignTerm {
  readonly kind: 'category';
  /** The column of the customers. */
  readonly column: string;
  readonly levels: readonly string[];
}

/** What one column of the customers becomes. */
export type DesignTerm = NumberDesignTerm | CategoryDesignTerm;

/**
 * How customers and what they hold become 0/1 columns, as plain JSON: the columns of the terms in their order, then one a product held, then one a
 * number of products held (the last of them: so many or more). Without holdings the last two are missing.
 */
export interface DesignState {
  /** In the order of the columns of the holdings. */
  readonly products: readonly string[];
  readonly terms: readonly DesignTerm[];
  /** How many columns the numbers held have; 0 where holdings are not used. */
  readonly heldLevels: number;
  /** In words: `age 30 to 39`, `plan = gold`, `holds card`, `holds 2 other products`. */
  readonly columnNames: readonly string[];
  /** Columns of the customers that are no use, and why. */
  readonly leftOut: readonly { readonly column: string; readonly reason: 'identifier' | 'constant' }[];
}

/** Where the parts of a design stand. */
export interface DesignLayout {
  readonly columnCount: number;
  /** The column of the first product held; those before it are of the terms. */
  readonly holdsFrom: number;
  /** The column of no product held; where holdings are not used, the end. */
  readonly levelsFrom: number;
  /** Where each term begins, and where the last one ends. */
  readonly termStarts: readonly number[];
}

/** Where the parts of this design stand. */
export function designLayout({ products, terms, heldLevels }: DesignState): DesignLayout {
  const termStarts = [0];
  for (const term of terms) termStarts.push(termStarts.at(-1)! + termWidth(term));
  const holdsFrom = termStarts.at(-1)!;
  const levelsFrom = heldLevels === 0 ? holdsFrom : holdsFrom + products.length;
  return { columnCount: levelsFrom + heldLevels, holdsFrom, levelsFrom, termStarts };
}

function termWidth(term: DesignTerm): number {
  return term.kind === 'number' ? term.splits.length + 1 + Number(term.hasMissing) : term.levels.length;
}

/**
 * The column of how many other products a customer holds. Of a product the customer holds that is one fewer than the row says: counted with
 * it, the number held would tell the answer.
 */
export function levelColumn(levelsFrom: number, heldLevels: number, others: number): number {
  return levelsFrom + (others < heldLevels ? others : heldLevels - 1);
}

/** The columns of one trait: a term, the products held, or their number. */
export interface DesignTrait {
  readonly from: number;
  readonly to: number;
  /** Whether every customer has exactly one of them. */
  readonly isOneEach: boolean;
}

/** The traits of a design, in the order of their columns. */
export function designTraits({ termStarts, holdsFrom, levelsFrom, columnCount }: DesignLayout): DesignTrait[] {
  const traits = termStarts.slice(1).map((to, t): DesignTrait => ({ from: termStarts[t]!, to, isOneEach: true }));
  if (columnCount === holdsFrom) return traits;
  return [...traits, { from: holdsFrom, to: levelsFrom, isOneEach: false }, { from: levelsFrom, to: columnCount, isOneEach: true }];
}
