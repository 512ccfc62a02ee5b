import { MISSING, OTHER } from '../../data/encodingTerm.js';
import { DAY_MILLIS } from '../../data/utcDays.js';

/** `age below 30`, `age 30 to 39`, `age 60 or more`; `children = 2` where each value has a range of its own. */
export function rangeNames(column: string, values: Float64Array, splits: readonly number[], isDate: boolean): string[] {
  if (splits.length + 1 === values.length) return Array.from(values, (value) => `${column} = ${textOf(value, isDate)}`);
  const whole = !isDate && values.every(Number.isInteger) && splits.every(Number.isInteger);
  return Array.from({ length: splits.length + 1 }, (_, i) => {
    const [low, high] = [splits[i - 1], splits[i]];
    if (low === undefined) return `${column} ${isDate ? 'before' : 'below'} ${textOf(high!, isDate)}`;
    if (high === undefined) return `${column} ${textOf(low, isDate)} or ${isDate ? 'later' : 'more'}`;
    if (!whole) return `${column} ${textOf(low, isDate)} to ${isDate ? 'before' : 'below'} ${textOf(high, isDate)}`;
    return high === low + 1 ? `${column} = ${low}` : `${column} ${low} to ${high - 1}`;
  });
}

function textOf(value: number, isDate: boolean): string {
  return isDate ? new Date(value).toISOString().slice(0, value % DAY_MILLIS === 0 ? 10 : 16) : String(value);
}

/** `student = true`, `student = false`. */
export function booleanNames(column: string, values: Float64Array): string[] {
  return Array.from(values, (value) => `${column} = ${value === 1}`);
}

/** `plan = gold`, `other plan`, `plan unknown`. */
export function categoryNames(column: string, levels: readonly string[]): string[] {
  return levels.map((level) => (level === OTHER ? `other ${column}` : level === MISSING ? `${column} unknown` : `${column} = ${level}`));
}

/** `holds card`, and then `holds no other product`, `holds 1 other product`, `holds 4 or more other products`. */
export function heldNames(products: readonly string[], heldLevels: number): string[] {
  const numbers = Array.from({ length: heldLevels }, (_, others) => {
    if (others === 0) return 'holds no other product';
    const or = others === heldLevels - 1 && products.length > heldLevels ? ' or more' : '';
    return `holds ${others}${or} other product${others === 1 && or === '' ? '' : 's'}`;
  });
  return [...products.map((product) => `holds ${product}`), ...numbers];
}
