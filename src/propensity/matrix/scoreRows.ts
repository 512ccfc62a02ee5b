import type { TableInput, TableLike } from '../../data/table.js';
import { takeSparseRows, type SparseRows } from '../../numeric/sparseRows.js';
import type { DesignState, DesignVariant } from '../products/designState.js';
import { replayDesign } from '../products/replayDesign.js';

/** How customers become 0/1 columns, for each variant that a model uses. */
export type Designs = Readonly<Partial<Record<DesignVariant, DesignState>>>;

/** Customers as engines look at them. */
export interface ScoreRows {
  readonly held: SparseRows;
  readonly profile: TableInput | null;
  /** Their 0/1 columns in a variant, made when first asked for. */
  design(variant: DesignVariant): SparseRows;
}

/** Customers with what they hold and what is known of them. */
export function scoreRows(caller: string, designs: Designs, held: SparseRows, profile: TableInput | null): ScoreRows {
  const made = new Map<DesignVariant, SparseRows>();
  return {
    held,
    profile,
    design(variant) {
      const known = made.get(variant) ?? replayDesign(caller, designs[variant]!, profile, held);
      made.set(variant, known);
      return known;
    },
  };
}

/** Some of them; their 0/1 columns are taken, not made again. */
export function takeScoreRows(all: ScoreRows, rows: Uint32Array, takeProfile: ((rows: Uint32Array) => TableLike) | null): ScoreRows {
  const made = new Map<DesignVariant, SparseRows>();
  return {
    held: takeSparseRows(all.held, rows),
    profile: takeProfile === null ? null : takeProfile(rows),
    design(variant) {
      const known = made.get(variant) ?? takeSparseRows(all.design(variant), rows);
      made.set(variant, known);
      return known;
    },
  };
}
