import { useCallback } from 'preact/hooks';
import { migrationPlot } from '../../../plots/migration.mjs';
import { rfmGridPlot } from '../../../plots/rfmGrid.mjs';
import { DataTable } from '../../ui/DataTable.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { SegmentsResult } from './compute.js';

/** The usual segments of recency, frequency and money, and who moved between them. */
export function Rfm({ found: { grid, segments, migration } }: { found: NonNullable<SegmentsResult['rfm']> }) {
  const drawGrid = useCallback((width: number) => rfmGridPlot(grid, { width, height: Math.min(width, 380) }), [grid]);
  const drawMoves = useCallback((width: number) => migrationPlot(migration!, { width, height: 110 + 26 * migration!.segments.length }), [migration]);
  return (
    <>
      <h3>By recency, frequency and money</h3>
      <DataTable caption="The usual segments" head={['segment', 'customers', 'of all', 'of the revenue', 'days since the last', 'purchases', 'money']}
        rows={segments.map((each) => [each.name, count(each.customers), percent(each.share), percent(each.revenueShare), decimal(each.meanRecencyDays, 0), decimal(each.meanFrequency, 1), decimal(each.meanMonetary)])} />
      <Figure title="Recency and frequency" summary={`Of ${count(grid.reduce((sum, { customers }) => sum + customers, 0))} customers, how many have each pair of scores.`} picture={drawGrid} file="rfm-grid"
        head={['recency score', 'frequency score', 'customers', 'mean money']} rows={grid.map((cell) => [cell.recencyScore, cell.frequencyScore, count(cell.customers), decimal(cell.meanMonetary)])} />
      {migration !== null && (
        <Figure title="Who moves" summary={`Where the customers of each segment of half a year ago are today: ${percent(migration.stayShare)} stayed.`} picture={drawMoves} file="moves"
          head={['from', 'to', 'customers', 'of the segment', 'the way back', 'more than chance']} rows={migration.flows.filter(({ from, to }) => from !== to).map(({ from, to, customers, share, back, q }) => [from, to, count(customers), percent(share), count(back), q < 0.05 ? 'yes' : 'no'])} />
      )}
    </>
  );
}
