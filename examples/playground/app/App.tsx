import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Dataset } from '../data/dataset.js';
import { panels } from '../panels/index.js';
import { WorkerClient } from '../worker/client.js';
import { DataStep } from './DataStep.js';
import { PanelRunner } from './PanelRunner.js';
import { usePlace } from './usePlace.js';

/** The page: the data first, then one panel at a time; all panels stay alive, so that results are there when one comes back. */
export function App() {
  const client = useMemo(() => new WorkerClient(), []);
  const [dataset, setDataset] = useState<Dataset>();
  const [version, setVersion] = useState(0);
  const [place, go] = usePlace();
  const panel = dataset === undefined ? undefined : panels.find(({ id }) => id === place);
  const [opened, setOpened] = useState<readonly string[]>([]);

  const use = (data: Dataset) => {
    client.run({ kind: 'load', dataset: data }).promise.catch(() => {});
    setDataset(data);
    setVersion((n) => n + 1);
    setOpened([]);
    go(panels[0]!.id);
  };
  useEffect(() => {
    if (panel !== undefined && !opened.includes(panel.id)) setOpened([...opened, panel.id]);
    document.title = `${panel?.question ?? 'Your data'} – clientela playground`;
  }, [panel?.id, version]);

  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById('main')?.focus(); }}>Skip to the content</a>
      <header>
        <h1>clientela <small>playground</small></h1>
        <p>Customer modelling, computed in this page. Nothing leaves it.</p>
      </header>
      <nav aria-label="Panels">
        <Place id="data" label="Data" current={panel === undefined} disabled={false} go={go} />
        {panels.map(({ id, label }) => <Place key={id} id={id} label={label} current={panel?.id === id} disabled={dataset === undefined} go={go} />)}
      </nav>
      <main id="main" tabIndex={-1}>
        <section hidden={panel !== undefined} aria-labelledby="data-heading"><DataStep client={client} dataset={dataset} use={use} /></section>
        {dataset !== undefined &&
          panels.filter(({ id }) => opened.includes(id)).map((each) => (
            <section key={`${version}-${each.id}`} hidden={each.id !== panel?.id} aria-labelledby={`${each.id}-heading`} data-panel={each.id}>
              <PanelRunner panel={each} dataset={dataset} client={client} />
            </section>
          ))}
      </main>
    </>
  );
}

interface PlaceProps {
  id: string;
  label: string;
  current: boolean;
  disabled: boolean;
  go: (id: string) => void;
}

function Place({ id, label, current, disabled, go }: PlaceProps) {
  return (
    <button type="button" aria-current={current ? 'page' : undefined} disabled={disabled} onClick={() => go(id)}>
      {label}
    </button>
  );
}
