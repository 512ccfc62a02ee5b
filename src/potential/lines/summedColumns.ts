import type { Column } from '../../data/column.js';
import { numbersOf } from '../../data/replayColumn.js';
import type { TableLike, TableView } from '../../data/table.js';

/** The table with one spend column only: the one named, or the sum of several under that name (blank where all of them are). */
export function withOneSpend(caller: string, view: TableView, spends: readonly string[], spend: string, members: readonly string[]): TableLike {
  const names = [...view.names.filter((name) => !spends.includes(name) && name !== spend), spend];
  const column = (name: string): Column => {
    // A table opened without parsing lends its cells as they are.
    if (name !== spend || members.length === 1) return view.source(name === spend ? members[0]! : name) as Column;
    return { kind: 'number', values: sumOf(members.map((member) => numbersOf(caller, member, view.source(member)))) };
  };
  return { rowCount: view.rowCount, names, column };
}

function sumOf(columns: readonly Float64Array[]): Float64Array {
  return columns[0]!.map((_, row) => {
    let [sum, known] = [0, 0];
    for (const column of columns) {
      if (column[row] !== column[row]) continue;
      sum += column[row]!;
      known++;
    }
    return known > 0 ? sum : NaN;
  });
}
