import { useCallback } from 'preact/hooks';
import { describeCells } from '../../../quickstart/cells.mjs';
import { calibrationPlot } from '../../../plots/calibration.mjs';
import { gainsPlot } from '../../../plots/gains.mjs';
import { liftPlot } from '../../../plots/lift.mjs';
import type { Dataset } from '../../data/dataset.js';
import { Amount } from '../../ui/Amount.js';
import { Choice } from '../../ui/Choice.js';
import { Facts } from '../../ui/Facts.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { ControlsProps, Panel, ViewProps } from '../panel.js';
import { Campaign } from './Campaign.js';
import type { ScoresOptions, ScoresResult } from './compute.js';
import { Profiles } from './Profiles.js';

const canTable = ({ customers }: Dataset) => customers?.roles.target !== undefined && customers.roles.features.length > 0;
const itemsOf = ({ events }: Dataset) => (events?.roles.item === undefined ? [] : [...describeCells(events.table, events.roles.item).counts.keys()].slice(0, 200));

function Controls({ options, change, dataset }: ControlsProps<ScoresOptions>) {
  const sources = [...(canTable(dataset) ? ['the target column'] : []), ...(dataset.events === undefined ? [] : ['the log of events'])];
  return (
    <>
      <Choice label="Learn from" value={options.from === 'table' ? sources[0] : 'the log of events'} values={sources} onChange={(value) => change({ ...options, from: value === 'the log of events' ? 'log' : 'table' })} />
      {options.from === 'log' && (
        <>
          <Choice label="What will happen" value={options.item} values={itemsOf(dataset)} none="any purchase" onChange={(item) => change(item === undefined ? { from: 'log', days: options.days } : { ...options, item })} />
          <Amount label="Within days" value={options.days} min={1} max={180} step={1} onChange={(days) => change({ ...options, days: Math.round(days) })} />
        </>
      )}
    </>
  );
}

function View({ result }: ViewProps<ScoresOptions, ScoresResult>) {
  const { report } = result;
  const { gains, calibration } = report;
  const drawGains = useCallback((width: number) => gainsPlot(gains, { width, height: Math.min(width, 360) }), [gains]);
  const drawLift = useCallback((width: number) => liftPlot(gains, { width, height: Math.min(width, 320) }), [gains]);
  const drawCalibration = useCallback((width: number) => calibrationPlot(calibration, { width, height: Math.min(width, 360) }), [calibration]);
  const range = ({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }) => `${decimal(estimate)} (${decimal(lower)} to ${decimal(upper)})`;
  return (
    <>
      <p>Each customer gets the probability of “{result.answer}”. It was learnt from {count(report.rows)} rows, {count(report.events)} of them with yes, and judged on customers it had not seen ({report.validation}).</p>
      <Facts facts={[['ranks a yes above a no (AUC)', range(report.auc)], ['best tenth, times the average', decimal(gains[0]?.lift ?? NaN, 1)], ['probabilities off by', percent(report.calibrationError)], ['way of learning', report.method]]} />
      {report.warnings.map((warning) => <p class="notice" key={warning}>{warning}</p>)}
      <Campaign result={result} />
      <Figure title="Gains" summary="How many of all who answer are reached by contacting the best-scored part." picture={drawGains} file="gains"
        head={['part', 'customers', 'answers', 'reached so far']} rows={gains.map((row) => [row.bin, row.customers, row.events, percent(row.cumulativeGain)])} />
      <Figure title="Lift" summary="How many times more answers than by chance each part of the ranking holds; the line is the interval." picture={drawLift} file="lift"
        head={['part', 'lift', 'from', 'to']} rows={gains.map((row) => [row.bin, decimal(row.lift), decimal(row.liftInterval.lower), decimal(row.liftInterval.upper)])} />
      <Figure title="Calibration" summary="Whether what is foretold comes true: on the dashed line it does." picture={drawCalibration} file="calibration"
        head={['foretold', 'came true', 'from', 'to', 'customers']}
        rows={calibration.map((row) => [percent(row.meanPredicted), percent(row.observedRate.estimate), percent(row.observedRate.lower), percent(row.observedRate.upper), row.customers])} />
      <Profiles result={result} />
    </>
  );
}

export const scoresPanel: Panel<ScoresOptions, ScoresResult> = {
  id: 'scores',
  label: 'Scores',
  question: 'Whom should I contact?',
  needs: (dataset) => (canTable(dataset) || dataset.events !== undefined ? undefined : 'This needs a column to foretell: choose a target under Data, or add a log of events.'),
  defaults: (dataset) => ({ from: canTable(dataset) ? 'table' : 'log', days: 30 }),
  Controls,
  View,
};
