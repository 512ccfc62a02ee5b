import { SurvivalCurve } from 'clientela/churn';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { survivalPlot } from '../../../plots/survival.mjs';
import { Choice } from '../../ui/Choice.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { ChurnResult } from './compute.js';

/** How long customers stay, by a column one chooses. */
export function Staying({ result: { curves } }: { result: ChurnResult }) {
  const names = Object.keys(curves);
  const [by, setBy] = useState(names.find((name) => name !== 'all customers' && curves[name]!.length <= 4) ?? names[0]!);
  const groups = useMemo(() => curves[by]!.map(({ group, rows, curve }) => ({ group, rows, curve: SurvivalCurve.fromJSON(curve) })), [curves, by]);
  const draw = useCallback((width: number) => survivalPlot(groups, { width, height: Math.min(width, 360) }), [groups]);
  const shown = [90, 180, 365, 730];
  return (
    <>
      <div class="controls"><Choice label="Curves by" value={by} values={names} onChange={(name) => setBy(name!)} /></div>
      <Figure title="How long customers stay" summary={`The share still there so many days after joining, by ${by}, with 95 % intervals.`} picture={draw} file="survival"
        head={['group', 'customers', ...shown.map((days) => `after ${days} days`), 'half have left after']}
        rows={groups.map(({ group, rows, curve }) => [group, count(rows), ...shown.map((days) => (days > curve.lastTime ? '–' : percent(curve.survivalAt(days)))), Number.isFinite(curve.median.estimate) ? `${decimal(curve.median.estimate, 0)} days` : 'not yet'])} />
    </>
  );
}
