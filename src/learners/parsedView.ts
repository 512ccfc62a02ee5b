import { readColumn } from '../data/readColumn.js';
import type { TableView } from '../data/table.js';

/** A table whose columns are parsed once, however often they are asked for. */
export function parsedView(caller: string, view: TableView): TableView {
  const parsed = new Map<string, ReturnType<typeof readColumn>>();
  return {
    ...view,
    source(name) {
      const column = parsed.get(name) ?? readColumn(caller, view, name);
      parsed.set(name, column);
      return column;
    },
  };
}
