import { useCallback } from 'preact/hooks';
import { aliveMapPlot } from '../../../plots/aliveMap.mjs';
import { forecastPlot } from '../../../plots/forecast.mjs';
import { frequencyHistogramPlot } from '../../../plots/frequencyHistogram.mjs';
import { trackingPlot } from '../../../plots/tracking.mjs';
import { Amount } from '../../ui/Amount.js';
import { Figure } from '../../ui/Figure.js';
import { count, day, decimal, percent } from '../../ui/format.js';
import type { ControlsProps, Panel, ViewProps } from '../panel.js';
import type { LifetimeOptions, LifetimeResult } from './compute.js';
import { Values } from './Values.js';

function Controls({ options, change }: ControlsProps<LifetimeOptions>) {
  return <Amount label="Purchases within so many minutes are one" value={options.mergeMinutes} min={0} max={1440} step={1} onChange={(mergeMinutes) => change({ mergeMinutes: Math.max(1, mergeMinutes) })} />;
}

function View({ result }: ViewProps<LifetimeOptions, LifetimeResult>) {
  const { alive, forecast, histogram, report, tracking } = result;
  const drawAlive = useCallback((width: number) => aliveMapPlot(alive, { width, height: Math.min(width, 320) }), [alive]);
  const drawTracking = useCallback((width: number) => trackingPlot(tracking, { width, height: Math.min(width, 340) }), [tracking]);
  const drawHistogram = useCallback((width: number) => frequencyHistogramPlot(histogram, { width, height: Math.min(width, 320) }), [histogram]);
  const drawForecast = useCallback((width: number) => forecastPlot(forecast, { width, height: Math.min(width, 340) }), [forecast]);
  return (
    <>
      <p>How customers buy and stop was learnt from {count(report.customers)} of them, by several laws; {report.reason}.</p>
      {report.warnings.map(({ code, message }) => <p class="notice" key={code}>{message}</p>)}
      <Values result={result} />
      <Figure title="Who is still a customer" summary="The probability (%) that somebody still buys, by purchases so far and days of silence: the more often one came, the sooner silence tells." picture={drawAlive} file="alive"
        head={['repeat purchases', 'days of silence', 'still a customer']} rows={alive.map((cell) => [cell.purchases, cell.silence, percent(cell.alive)])} />
      <Figure title="Purchases, month by month" summary="Repeat purchases made, and what the law expects of customers who came when these did." picture={drawTracking} file="tracking"
        head={['up to', 'made', 'expected']} rows={Array.from(tracking.ends, (end, i) => [day(end), count(tracking.actual[i] ?? NaN), decimal(tracking.expected[i] ?? NaN, 1)])} />
      <Figure title="Purchases a customer" summary="How many customers bought again so many times, and how many the law expects." picture={drawHistogram} file="frequency"
        head={['repeat purchases', 'customers', 'expected']} rows={Array.from(histogram.frequency, (times, i) => [times, count(histogram.actual[i] ?? NaN), decimal(histogram.expected[i] ?? NaN, 1)])} />
      <Figure title="The next six months" summary="Purchases expected of present customers, with the interval of the sum." picture={drawForecast} file="forecast"
        head={['from', 'purchases', 'at least', 'at most']} rows={forecast.periods.map(({ start, total }) => [day(start), count(total.purchases.estimate), count(total.purchases.lower), count(total.purchases.upper)])} />
    </>
  );
}

export const lifetimePanel: Panel<LifetimeOptions, LifetimeResult> = {
  id: 'lifetime',
  label: 'Lifetime value',
  question: 'What is a customer worth?',
  needs: ({ events }) => (events === undefined ? 'This needs a log of events: a file with a row for each purchase, with customer and date. Add one under Data.' : undefined),
  defaults: () => ({ mergeMinutes: 1 }),
  Controls,
  View,
};
