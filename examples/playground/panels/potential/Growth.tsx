import { growthPotential } from 'clientela/potential';
import { useCallback, useMemo, useState } from 'preact/hooks';
import { waterfallPlot } from '../../../plots/waterfall.mjs';
import { Choice } from '../../ui/Choice.js';
import { Figure } from '../../ui/Figure.js';
import { count, percent } from '../../ui/format.js';
import type { PotentialResult } from './compute.js';

/** Where the growth is: headroom by a column one chooses. */
export function Growth({ result: { potentials, ease, groups } }: { result: PotentialResult }) {
  const names = Object.keys(groups);
  const [by, setBy] = useState(names[0]);
  const growth = useMemo(() => growthPotential(potentials, { ease, step: 0.1, ...(by === undefined ? {} : { by: { [by]: groups[by]! } }) }), [potentials, ease, by, groups]);
  const rows = by === undefined ? [{ ...growth.total, name: 'all' }] : growth.by[by]!;
  const draw = useCallback((width: number) => waterfallPlot(rows, { width, height: Math.min(width, 380) }), [rows]);
  return (
    <>
      {by !== undefined && <div class="controls"><Choice label="Add up by" value={by} values={names} onChange={setBy} /></div>}
      <Figure title="From present spend to potential" summary={`What is spent here, and what could be added by the customers of each ${by ?? 'group'}.`} picture={draw} file="potential"
        head={[by ?? 'group', 'customers', 'spent here', 'could be spent', 'at least', 'at most', 'share here', 'to be won']}
        rows={rows.map(({ name, customers, present, potential, share, capture }) => [name ?? 'all', count(customers), count(present), count(potential.estimate), count(potential.lower), count(potential.upper), share === null ? '–' : percent(share.estimate), count(capture.estimate)])} />
    </>
  );
}
