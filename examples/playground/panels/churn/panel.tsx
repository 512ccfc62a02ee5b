import { DataTable } from '../../ui/DataTable.js';
import { Amount } from '../../ui/Amount.js';
import { Facts } from '../../ui/Facts.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { ControlsProps, Panel, ViewProps } from '../panel.js';
import type { ChurnOptions, ChurnResult } from './compute.js';
import { Retention } from './Retention.js';
import { Staying } from './Staying.js';

function Controls({ options, change }: ControlsProps<ChurnOptions>) {
  return <Amount label="Leaving within days" value={options.days} min={14} max={180} step={1} onChange={(days) => change({ days: Math.max(1, Math.round(days)) })} />;
}

function View({ result, options }: ViewProps<ChurnOptions, ChurnResult>) {
  const { report, probability, profiles, warnings, leaving } = result;
  const head = ['mark', 'share here', 'share of all', 'times as many'];
  const traits = (rows: typeof profiles.most) => rows.map(({ value, shareInGroup, shareOverall, index }) => [value, percent(shareInGroup), percent(shareOverall), decimal(index / 100)]);
  return (
    <>
      <p>{leaving} Each customer gets the probability of leaving within {options.days} days, learnt from earlier moments of the log and judged on later ones.</p>
      <Facts facts={[
        ['leavers to expect', decimal(probability.reduce((sum, value) => sum + value, 0), 1)], ['of customers', count(probability.length)],
        ['ranks a leaver above a stayer (AUC)', `${decimal(report.auc.estimate)} (${decimal(report.auc.lower)} to ${decimal(report.auc.upper)})`],
        ['likeliest tenth, times the average', decimal(report.topDecileLift.estimate, 1)],
      ]} />
      <p class="notice">{report.verdict}</p>
      <Retention result={result} />
      <Staying result={result} />
      {result.silences !== null && (
        <DataTable caption="How many come back after so long a silence" head={['days of silence', 'silences', 'come back', 'from', 'to']}
          rows={result.silences.map(({ days, gaps, regain }) => [days, count(gaps), regain === null ? '–' : percent(regain.estimate), regain === null ? '–' : percent(regain.lower), regain === null ? '–' : percent(regain.upper)])} />
      )}
      <h3>What warns of it</h3>
      {warnings.length === 0 ? <p>Nothing in the behaviour of a customer stands out before leaving, by more than chance.</p> : (
        <DataTable caption="What is unusual of a customer before leaving" head={['behaviour', 'direction', 'ranks a leaver above a stayer', 'times the leavers when it rings']}
          rows={warnings.map(({ feature, direction, auc, alarm }) => [feature, direction, decimal(auc.estimate), alarm === null ? '–' : decimal(alarm.lift, 1)])} />
      )}
      <h3>Who they are</h3>
      <div class="halves">
        <div><DataTable caption="The likeliest tenth to leave: what marks it" head={head} rows={traits(profiles.most)} /></div>
        <div><DataTable caption="The unlikeliest tenth: what marks it" head={head} rows={traits(profiles.least)} /></div>
      </div>
    </>
  );
}

export const churnPanel: Panel<ChurnOptions, ChurnResult> = {
  id: 'churn',
  label: 'Churn',
  question: 'Who is leaving, and when?',
  needs: ({ events }) => (events === undefined ? 'This needs a log of events: a file with a row for each purchase or contact, with customer and date. Add one under Data.' : undefined),
  defaults: () => ({ days: 90 }),
  Controls,
  View,
};
