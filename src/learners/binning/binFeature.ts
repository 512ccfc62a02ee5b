import type { BooleanColumn, CategoryColumn, Column } from '../../data/column.js';
import { ClientelaError } from '../../errors.js';
import type { BinnedFeature, BinTrend } from './binningState.js';
import { requireTrend, type BinningOptions, type TrendChoice } from './binningOptions.js';
import { categoryParts } from './categoryParts.js';
import { composeBins } from './composeBins.js';
import { numberParts } from './numberParts.js';
import type { BinningTask, FeatureParts } from './preBins.js';

const AUTO: readonly BinTrend[] = ['ascending', 'descending', 'peak', 'valley'];

/** Bins one column: parts first, then the best bins of each trend asked for, of which the best is kept. */
export function binFeature(task: BinningTask, feature: string, column: Column, options: BinningOptions): BinnedFeature {
  const given = own(options.splits, feature);
  const allowed = own(options.allowedSplits, feature);
  if (given !== undefined && allowed !== undefined) {
    throw new ClientelaError('INVALID_OPTION', `${task.caller} found "${feature}" both in splits and in allowedSplits; leave it out of one`, { option: 'splits', column: feature });
  }
  const { trend } = task.settings;
  const wanted: TrendChoice = typeof trend === 'string' ? trend : requireTrend(task.caller, own(trend, feature) ?? 'auto');
  const asked = { given, allowed, special: own(options.special, feature) };
  const isNumber = column.kind === 'number';
  const parts: FeatureParts = isNumber ? numberParts(task, feature, column, asked) : categoryParts(task, feature, requireLevels(task.caller, feature, column), asked);
  const trends = given !== undefined ? [] : isNumber ? (wanted === 'auto' ? AUTO : [wanted]) : (['ascending'] as const);
  return composeBins(task, parts, trends);
}

function own<Value>(record: { readonly [name: string]: Value | undefined } | undefined, feature: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, feature) ? record[feature] : undefined;
}

function requireLevels(caller: string, feature: string, column: Column): CategoryColumn | BooleanColumn {
  if (column.kind === 'category' || column.kind === 'boolean') return column;
  const remedy = column.kind === 'date' ? 'turn it into days before a date, or leave it out of features' : 'an identifier is no feature';
  throw new ClientelaError('COLUMN_KIND', `${caller} cannot use column "${feature}" of kind ${column.kind}; ${remedy}`, { column: feature, kind: column.kind });
}
