import { useCallback, useState } from 'preact/hooks';
import { describeCells } from '../../../quickstart/cells.mjs';
import { dependencyGraphPlot } from '../../../plots/dependencyGraph.mjs';
import { pathTimesPlot } from '../../../plots/pathTimes.mjs';
import { sankeyPlot } from '../../../plots/sankey.mjs';
import type { Dataset } from '../../data/dataset.js';
import { Amount } from '../../ui/Amount.js';
import { Choice } from '../../ui/Choice.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import { Several } from '../../ui/Several.js';
import type { ControlsProps, Panel, ViewProps } from '../panel.js';
import { Before } from './Before.js';
import type { PathsOptions, PathsResult } from './compute.js';

/** The kinds of events, the commonest first. */
function itemsOf({ events }: Dataset): string[] {
  if (events?.roles.item === undefined) return [];
  return [...describeCells(events.table, events.roles.item).counts].sort((a, b) => b[1] - a[1]).slice(0, 60).map(([item]) => item);
}

function Controls({ options, change, dataset }: ControlsProps<PathsOptions>) {
  const items = itemsOf(dataset);
  return (
    <>
      <Several label="Steps of a path" values={items.filter((item) => item !== options.outcome)} chosen={options.items} onChange={(chosen) => change({ ...options, items: chosen })} />
      <Choice label="What paths lead to" value={options.outcome} values={items} onChange={(outcome) => change({ ...options, outcome: outcome!, items: options.items.filter((item) => item !== outcome) })} />
      <Amount label="At least so many customers (%)" value={options.support} min={0.5} max={30} step={0.5} onChange={(support) => change({ ...options, support: Math.min(100, support) })} />
      <Amount label="Within days" value={options.days} min={7} max={365} step={1} onChange={(days) => change({ ...options, days: Math.max(1, Math.round(days)) })} />
    </>
  );
}

function View({ result, options }: ViewProps<PathsOptions, PathsResult>) {
  const { sankey, graph, paths } = result;
  const names = paths.map(({ steps }) => steps.map((step) => step.join(' + ')).join(' → '));
  const [chosen, choose] = useState(names[0]);
  const path = paths[Math.max(0, names.indexOf(chosen ?? ''))];
  const drawSankey = useCallback((width: number) => sankeyPlot(sankey, { width, height: Math.max(320, Math.min(width, 420)) }), [sankey]);
  const drawGraph = useCallback((width: number) => dependencyGraphPlot(graph, { width: Math.max(width, 480) }), [graph]);
  const drawTimes = useCallback((width: number) => pathTimesPlot(path?.transitions ?? [], { width, height: 60 + 36 * (path?.transitions.length ?? 0) }), [path]);
  return (
    <>
      <Figure title="Ways customers walk" summary="The first four steps of each customer; ribbons are as wide as there are customers." picture={drawSankey} file="ways"
        head={['step', 'from', 'to', 'customers']} rows={sankey.links.map(({ source, target, value }) => [(sankey.nodes[source]?.depth ?? 0) + 1, sankey.nodes[source]?.item ?? '', sankey.nodes[target]?.item ?? '', count(value)])} />
      {path === undefined ? <p class="notice">No path is gone by {decimal(options.support, 1)} % of the customers; ask for fewer.</p> : (
        <>
          <div class="controls"><Choice label="Times of the path" value={chosen ?? names[0]} values={names} onChange={choose} /></div>
          <Figure title="The most frequent paths, and their times" summary={`Of those who went on along ${names[paths.indexOf(path)] ?? ''}: the median (dot), the middle half (bar), eight in ten (line), in days.`} picture={drawTimes} file="paths"
            head={['path', 'customers', 'of all', 'median days', 'eight in ten up to', `done within ${options.days} days`]}
            rows={paths.map(({ count: customers, support, span, completion }, i) => [names[i]!, count(customers), percent(support), decimal(span?.median ?? NaN, 1), decimal(span?.p90 ?? NaN, 1), completion.within === null ? '–' : percent(completion.within.estimate)])} />
        </>
      )}
      <Figure title="What comes before what" summary="An arrow where one step is followed by another by more than chance (× times the hazard), or is required by it." picture={drawGraph} file="order"
        head={['from', 'to', 'how']} rows={graph.edges.map(({ from, to, label }) => [from, to, label ?? ''])} />
      <Before result={result} outcome={options.outcome} days={options.days} />
    </>
  );
}

export const pathsPanel: Panel<PathsOptions, PathsResult> = {
  id: 'paths',
  label: 'Paths',
  question: 'Which way do customers walk?',
  needs: (dataset) => (itemsOf(dataset).length < 2 ? 'This needs a log of events with a column that says what happened. Add one under Data, or say which column it is.' : undefined),
  defaults(dataset) {
    const items = itemsOf(dataset);
    const { leaving, products = [] } = dataset.events!.roles;
    const outcome = leaving ?? products[0] ?? items[0]!;
    // What most customers do all the time would drown the rest: a company that has contracts and contacts follows those.
    const steps = leaving === undefined || products.length === 0 ? items.slice(0, 12) : items.filter((item) => products.includes(item) || ['quote', 'query', 'complaint', 'campaign'].includes(item));
    return { items: steps.filter((item) => item !== outcome), outcome, support: 2, days: 60 };
  },
  Controls,
  View,
};
