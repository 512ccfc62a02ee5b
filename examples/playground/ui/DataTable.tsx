import { useState } from 'preact/hooks';
import { count } from './format.js';

export type CellValue = string | number;

interface Props {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly CellValue[])[];
}

const PAGE = 50;

/** A table that scrolls within itself, by keyboard too; long ones show more on request. */
export function DataTable({ caption, head, rows }: Props) {
  const [shown, show] = useState(PAGE);
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={`Table: ${caption}`}>
        <table>
          <caption>{caption}</caption>
          <thead><tr>{head.map((name, j) => <th key={name} scope="col" class={isNumber(rows[0]?.[j] ?? '') ? 'number' : undefined}>{name}</th>)}</tr></thead>
          <tbody>
            {rows.slice(0, shown).map((row, i) => (
              <tr key={i}>{row.map((cell, j) => <td key={j} class={isNumber(cell) ? 'number' : undefined}>{cell}</td>)}</tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && <button type="button" onClick={() => show(shown + 10 * PAGE)}>Show more of {count(rows.length)} rows</button>}
    </>
  );
}

function isNumber(cell: CellValue): boolean {
  return typeof cell === 'number' || /^[-+–]?[\d\u2009.]+( %)?$/.test(cell);
}
