import { useCallback } from 'preact/hooks';
import { segmentProfilePlot } from '../../../plots/segmentProfile.mjs';
import { silhouettePlot } from '../../../plots/silhouette.mjs';
import { Amount } from '../../ui/Amount.js';
import { Choice } from '../../ui/Choice.js';
import { DataTable } from '../../ui/DataTable.js';
import { Figure } from '../../ui/Figure.js';
import { count, decimal, percent } from '../../ui/format.js';
import type { ControlsProps, Panel, ViewProps } from '../panel.js';
import { Actions } from './Actions.js';
import type { SegmentsOptions, SegmentsResult } from './compute.js';
import { NewCustomer } from './NewCustomer.js';
import { Rfm } from './Rfm.js';

const ways = { behaviour: 'what they do', profile: 'who they are' };

function Controls({ options, change, dataset }: ControlsProps<SegmentsOptions>) {
  const possible = [...(dataset.events === undefined ? [] : ['behaviour' as const]), ...((dataset.customers?.roles.features.length ?? 0) === 0 ? [] : ['profile' as const])];
  return (
    <>
      <Choice label="Group customers by" value={ways[options.by]} values={possible.map((way) => ways[way])} onChange={(value) => change({ ...options, by: value === ways.profile ? 'profile' : 'behaviour' })} />
      <Amount label="Groups (0: as many as there are)" value={options.segments} min={0} max={10} step={1} onChange={(segments) => change({ ...options, segments: Math.round(segments) })} />
    </>
  );
}

function View({ result }: ViewProps<SegmentsOptions, SegmentsResult>) {
  const { cards, labels, notes, profile, segments, silhouette } = result;
  const drawProfile = useCallback((width: number) => segmentProfilePlot(profile!, { width, height: 80 + 34 * profile!.segments.length }), [profile]);
  const drawSilhouette = useCallback((width: number) => silhouettePlot(silhouette!, labels, { width, height: Math.min(width, 360), names: segments.map(({ name }) => name) }), [silhouette, labels, segments]);
  return (
    <>
      <DataTable caption="The groups" head={['group', 'customers', 'of all', 'what marks it']}
        rows={cards.map((card, i) => [segments[i]?.name ?? card.name, count(card.customers), percent(card.share), [...card.drivers.slice(0, 3).map(({ feature, mean }) => `${feature} ${decimal(mean)} on average`), ...card.traits.slice(0, 2).map(({ value }) => value)].slice(0, 3).join('; ')])} />
      {notes.map((note) => <p class="quiet" key={note}>{note}</p>)}
      {profile !== null && (
        <Figure title="What marks the groups" summary="How far the mean of each figure lies from everybody’s, in standard deviations." picture={drawProfile} file="profile"
          head={['group', ...profile.features]} rows={profile.segments.map((name, s) => [name, ...profile.features.map((_, f) => decimal(profile.z[s]?.[f] ?? NaN))])} />
      )}
      {silhouette !== null && (
        <Figure title="How clear-cut the groups are" summary={`The silhouette of each customer: 1 lies well within the own group, below 0 nearer to another. The mean is ${decimal(silhouette.estimate)}; above .5 groups are clear, below .25 they flow into one another.`} picture={drawSilhouette} file="silhouette"
          head={['group', 'customers', 'mean silhouette', 'from', 'to']} rows={silhouette.segments.map(({ segment, size, estimate, lower, upper }) => [segments[segment]?.name ?? segment, count(size), decimal(estimate), decimal(lower), decimal(upper)])} />
      )}
      <NewCustomer result={result} />
      <Actions segments={segments} />
      {result.rfm !== null && <Rfm found={result.rfm} />}
    </>
  );
}

export const segmentsPanel: Panel<SegmentsOptions, SegmentsResult> = {
  id: 'segments',
  label: 'Segments',
  question: 'Who are our customers?',
  needs: ({ customers, events }) => (events === undefined && (customers?.roles.features.length ?? 0) === 0 ? 'This needs a log of events, or a table of customers with columns that describe them. Add one under Data.' : undefined),
  defaults: ({ events }) => ({ by: events === undefined ? 'profile' : 'behaviour', segments: 0 }),
  Controls,
  View,
};
