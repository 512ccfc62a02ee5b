import { useCallback } from 'preact/hooks';
import { rfmGridPlot } from '../../../plots/rfmGrid.mjs';
import { Figure } from '../../ui/Figure.js';
import { count, decimal } from '../../ui/format.js';
import type { Panel, ViewProps } from '../panel.js';
import type { SegmentsOptions, SegmentsResult } from './compute.js';

function View({ result: { grid } }: ViewProps<SegmentsOptions, SegmentsResult>) {
  const picture = useCallback((width: number) => rfmGridPlot(grid, { width, height: Math.min(width, 380) }), [grid]);
  return (
    <Figure
      title="Recency and frequency"
      summary={`Of ${count(grid.reduce((sum, { customers }) => sum + customers, 0))} customers, how many have each pair of scores.`}
      picture={picture}
      head={['recency score', 'frequency score', 'customers', 'mean money']}
      rows={grid.map((cell) => [cell.recencyScore, cell.frequencyScore, count(cell.customers), decimal(cell.meanMonetary)])}
      file="rfm-grid"
    />
  );
}

export const segmentsPanel: Panel<SegmentsOptions, SegmentsResult> = {
  id: 'segments',
  label: 'Segments',
  question: 'Who are our customers?',
  needs: ({ events }) => (events === undefined ? 'This needs a log of events: a file with a row for each purchase. Add one under Data.' : undefined),
  defaults: () => ({ bins: 5 }),
  View,
};
