import type { Column } from '../../data/column.js';
import { findingOn, rowsWhere, type DesignFinding } from './designFinding.js';
import { repeatedRows } from './repeatedRows.js';

/** Where fewer rows repeat it does not matter. */
const FEWEST_SHARE = 0.005;
/** Copies agree in all columns at once: of rows alike in all columns but one, at least this share is alike in that one as well. */
const COPIED = 0.5;

/** Rows that are copies of others, and signs that one class was multiplied. `columns` are all but identifiers, the target among them. */
export function copyFindings(columns: readonly (readonly [string, Column])[], labels: ArrayLike<number>, target: string): DesignFinding[] {
  const count = labels.length;
  const { rows, copied } = repeatedRows(columns.map(([, column]) => column), count);
  const areCopies = rows.length >= Math.max(5, FEWEST_SHARE * count) && copied >= COPIED;
  const sizes = [0, 1].map((label) => rowsWhere(count, (row) => labels[row] === label).length) as [number, number];
  const shares = [0, 1].map((label) => rows.filter((row) => labels[row] === label).length / sizes[label as 0 | 1]) as [number, number];
  const more = shares[1] > shares[0] ? 1 : 0;
  if (areCopies && shares[more] > 0.2 && shares[more] > 5 * shares[1 - more]!) {
    const ofClass = rows.filter((row) => labels[row] === more);
    return [
      findingOn(ofClass, {
        code: 'RESAMPLED',
        certainty: 'likely',
        text: `${percent(shares[more])} of the rows with one value of "${target}" repeat an earlier one exactly, of the others ${percent(shares[1 - more]!)}: one class was multiplied before the data came here`,
        remedy: 'take the rows as they were: copies in training and test make any model look good, and probabilities learnt from them are too high; put the rarity into the decision, by costs',
        columns: [target],
      }),
    ];
  }
  const repeated = findingOn(rows, {
    code: 'DUPLICATE_ROWS',
    certainty: 'likely',
    text: `${rows.length} of ${count} rows repeat an earlier one exactly, and hardly any is alike in all columns but one: they are copies, not chance`,
    remedy: 'drop the copies, or keep all rows of one original in one fold: a model is otherwise tested on rows it has learnt from',
    columns: [],
  });
  return [...(areCopies ? [repeated] : []), ...syntheticRows(columns, labels, target, sizes), ...balanced(target, sizes)];
}

/** Rows made between others: numbers that are whole in one class have fractions in the other. */
function syntheticRows(columns: readonly (readonly [string, Column])[], labels: ArrayLike<number>, target: string, sizes: readonly [number, number]): DesignFinding[] {
  if (Math.min(...sizes) < 20) return [];
  for (const whole of [0, 1]) {
    const broken = columns.filter(([, column]) => {
      if (column.kind !== 'number') return false;
      let fractions = 0;
      for (let row = 0; row < labels.length; row++) {
        const isFraction = Number.isFinite(column.values[row]!) && !Number.isInteger(column.values[row]!);
        if (isFraction && labels[row] === whole) return false;
        fractions += Number(isFraction);
      }
      return sizes[whole as 0 | 1] >= 100 && fractions >= Math.max(20, 0.05 * sizes[(1 - whole) as 0 | 1]);
    });
    if (broken.length < 2) continue;
    const names = broken.map(([name]) => name);
    const rows = rowsWhere(labels.length, (row) => labels[row] !== whole && broken.some(([, column]) => column.kind === 'number' && Number.isFinite(column.values[row]!) && !Number.isInteger(column.values[row]!)));
    return [
      findingOn(rows, {
        code: 'RESAMPLED',
        certainty: 'likely',
        text: `${names.map((name) => `"${name}"`).join(', ')} are whole numbers with one value of "${target}" and have fractions with the other: rows of that class were made between others (SMOTE and its kin)`,
        remedy: 'take the rows as they were observed; put the rarity of the event into the decision, by costs',
        columns: names,
      }),
    ];
  }
  return [];
}

/** Classes of exactly one size are made, hardly ever found. */
function balanced(target: string, [zeros, ones]: readonly [number, number]): DesignFinding[] {
  if (zeros !== ones || zeros < 100) return [];
  return [
    {
      code: 'RESAMPLED',
      certainty: 'possible',
      text: `both values of "${target}" have exactly ${ones} rows: that is made, hardly ever found`,
      remedy: 'learn from all rows; from a sample of one class keep its sampling rate, and correct the probabilities by it',
      columns: [target],
      rows: zeros + ones,
      examples: [],
    },
  ];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
