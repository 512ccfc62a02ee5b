import { useEffect, useRef, useState } from 'preact/hooks';
import type { Dataset } from '../data/dataset.js';
import type { AnyPanel } from '../panels/panel.js';
import type { WorkerClient } from '../worker/client.js';
import { Status } from './Status.js';
import { useTask } from './useTask.js';

interface Props {
  panel: AnyPanel;
  dataset: Dataset;
  client: WorkerClient;
}

/** One panel: its controls, its computation with progress and cancel, and its result. It computes once by itself when it is opened. */
export function PanelRunner({ panel, dataset, client }: Props) {
  const lacks = panel.needs(dataset);
  const [options, change] = useState(() => (lacks === undefined ? panel.defaults(dataset) : undefined));
  const task = useTask();
  const computed = useRef(options);
  const compute = () => {
    computed.current = options;
    task.start(client.run({ kind: 'compute', panel: panel.id, options }, task.onProgress));
  };
  useEffect(() => {
    if (lacks === undefined) compute();
  }, []);

  const { Controls, View } = panel;
  const { state } = task;
  return (
    <div data-state={lacks === undefined ? state.status : 'lacking'}>
      <h2 id={`${panel.id}-heading`}>{panel.question}</h2>
      {lacks !== undefined ? <p class="notice">{lacks}</p> : (
        <form class="controls" onSubmit={(event) => { event.preventDefault(); compute(); }}>
          {Controls !== undefined && <Controls options={options} change={change} dataset={dataset} />}
          <button type="submit" class="primary" disabled={state.status === 'running'}>Compute</button>
        </form>
      )}
      <Status state={state} cancel={task.cancel} />
      {state.status === 'done' && <View result={state.value} options={computed.current} dataset={dataset} />}
    </div>
  );
}
