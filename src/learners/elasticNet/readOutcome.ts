import { readBinaryTarget, type TargetValue } from '../../data/binaryTarget.js';
import { cellAt } from '../../data/cellAt.js';
import type { Column } from '../../data/column.js';
import { requireChoice } from '../../data/options.js';
import { numbersOf, rowsOf } from '../../data/replayColumn.js';
import type { ParsedTable } from '../../data/takeRows.js';
import { ClientelaError } from '../../errors.js';
import type { ElasticNetOptions } from './elasticNetOptions.js';
import type { ElasticNetFamily } from './penalisedLoss.js';

/** The target as the loss takes it. */
export interface Outcome {
  readonly family: ElasticNetFamily;
  /** 1 or 0, a number, a count, or the position of the class. */
  readonly y: Float64Array;
  readonly positive: TargetValue | null;
  readonly classes: readonly string[] | null;
}

const FAMILIES = ['binomial', 'gaussian', 'poisson', 'multinomial'] as const;

/** Reads the target; a row of weight 0 may be without. */
export function readOutcome(caller: string, view: ParsedTable, { target, positive, family: asked }: ElasticNetOptions, weights: Float64Array | null): Outcome {
  const column = view.source(target);
  const family = asked === undefined ? usualFamily(column, positive) : requireChoice(caller, 'family', asked, FAMILIES);
  const counts = (row: number): boolean => weights?.[row] !== 0;
  const complete = (y: Float64Array): Float64Array =>
    y.map((value, row) => {
      if (value === value || !counts(row)) return value === value ? value : 0;
      throw new ClientelaError('MISSING_VALUE', `${caller} needs a target in every row, found none in column "${target}", row ${row}; leave out rows that are not labelled`, { column: target, row });
    });
  if (family === 'binomial') {
    const found = readBinaryTarget(caller, view, target, positive);
    const y = complete(Float64Array.from(found.labels, (label) => (label < 0 ? NaN : label)));
    requireClasses(caller, target, new Set(y.filter((_, row) => counts(row))).size);
    return { family, y, positive: found.positive, classes: null };
  }
  if (family === 'multinomial') {
    const cells = Array.from({ length: rowsOf(column) }, (_, row) => cellAt(column, row));
    const classes = [...new Set(cells.filter((cell, row) => cell !== null && counts(row)).map(String))].sort();
    requireClasses(caller, target, classes.length);
    const places = new Map(classes.map((name, place) => [name, place]));
    return { family, y: complete(Float64Array.from(cells, (cell) => places.get(String(cell)) ?? NaN)), positive: null, classes };
  }
  if (column.kind !== 'number' && column.kind !== 'boolean') {
    throw new ClientelaError('COLUMN_KIND', `${caller} needs numbers for the family ${family}, found column "${target}" of kind ${column.kind}`, { column: target, kind: column.kind });
  }
  const y = complete(numbersOf(caller, target, column));
  requireNumbers(caller, target, family, y.map((value, row) => (counts(row) ? value : 0)));
  return { family, y, positive: null, classes: null };
}

function usualFamily(column: Column, positive: TargetValue | undefined): ElasticNetFamily {
  if (positive !== undefined || column.kind === 'boolean') return 'binomial';
  if (column.kind === 'number') return column.values.every((value) => value === 0 || value === 1 || value !== value) ? 'binomial' : 'gaussian';
  return column.kind === 'category' && new Set(column.codes.filter((code) => code >= 0)).size > 2 ? 'multinomial' : 'binomial';
}

function requireClasses(caller: string, target: string, found: number): void {
  if (found > 1) return;
  throw new ClientelaError('TARGET_CLASSES', `${caller} needs at least two classes of "${target}" among the rows of weight above 0, found ${found}`, { column: target });
}

function requireNumbers(caller: string, target: string, family: ElasticNetFamily, y: Float64Array): void {
  const row = y.findIndex((value) => !Number.isFinite(value) || (family === 'poisson' && value < 0));
  if (row >= 0) {
    const needs = family === 'poisson' ? 'counts of 0 or more' : 'finite numbers';
    throw new ClientelaError('INVALID_VALUE', `${caller} needs ${needs} as target, found ${y[row]!} in column "${target}", row ${row}`, { column: target, row });
  }
  if (family === 'gaussian' || y.some((value) => value > 0)) return;
  throw new ClientelaError('NOT_IDENTIFIED', `${caller} needs some count above 0 in column "${target}", found none`, { column: target });
}
