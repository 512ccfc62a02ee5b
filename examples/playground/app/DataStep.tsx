import { useRef, useState } from 'preact/hooks';
import type { Dataset, Table } from '../data/dataset.js';
import { guessCustomers, guessEvents } from '../data/guessRoles.js';
import type { WorkerClient } from '../worker/client.js';
import { CustomerMapping } from './CustomerMapping.js';
import { EventMapping } from './EventMapping.js';
import { Preview } from './Preview.js';
import { Status } from './Status.js';
import { useTask } from './useTask.js';

interface Props {
  client: WorkerClient;
  dataset: Dataset | undefined;
  use: (dataset: Dataset) => void;
}

/** The first step: a file or two, or the simulated company; and what each column is for. */
export function DataStep({ client, dataset, use }: Props) {
  const [draft, setDraft] = useState<Dataset | undefined>(dataset);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const task = useTask();

  // One file after another, also when a second one is dropped while the first is being read.
  const reading = useRef(Promise.resolve());
  const read = async (file: File) => {
    const table = await task.start(client.run({ kind: 'read', file }, task.onProgress));
    if (table !== undefined) setDraft((before) => withTable(before, table));
  };
  const take = (files: Iterable<File>) => {
    for (const file of files) reading.current = reading.current.then(() => read(file));
  };
  const simulate = async () => {
    const company = await task.start(client.run({ kind: 'simulate', customers: 3000 }, task.onProgress));
    if (company !== undefined) setDraft(company);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer?.files ?? []);
  };

  return (
    <>
      <h2 id="data-heading">Your data</h2>
      <div class={over ? 'drop over' : 'drop'} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <p>Drop a CSV file here: a log of <strong>events</strong> (customer, date, product, amount), a table of <strong>customers</strong> (one row each), or both.</p>
        <p class="choices">
          <button type="button" class="primary" onClick={() => picker.current?.click()}>Choose files</button>
          <button type="button" onClick={() => void simulate()}>Take the simulated company</button>
        </p>
        <input ref={picker} type="file" accept=".csv,.tsv,.txt,text/csv" multiple hidden aria-label="CSV files" onChange={({ currentTarget }) => { take([...(currentTarget.files ?? [])]); currentTarget.value = ''; }} />
        <p class="quiet">The file is read by this page and goes nowhere else.</p>
      </div>
      <Status state={task.state} cancel={task.cancel} />
      {draft?.events !== undefined && (
        <Preview table={draft.events.table} title="Events" remove={() => setDraft(without(draft, 'events'))}>
          <EventMapping table={draft.events.table} roles={draft.events.roles} change={(roles) => setDraft({ ...draft, events: { ...draft.events!, roles } })} />
        </Preview>
      )}
      {draft?.customers !== undefined && (
        <Preview table={draft.customers.table} title="Customers" remove={() => setDraft(without(draft, 'customers'))}>
          <CustomerMapping table={draft.customers.table} roles={draft.customers.roles} change={(roles) => setDraft({ ...draft, customers: { ...draft.customers!, roles } })} />
        </Preview>
      )}
      {(draft?.customers ?? draft?.events) !== undefined && <p><button type="button" class="primary" onClick={() => use(draft!)}>Use these data</button></p>}
    </>
  );
}

/** A file joins the data: a log replaces the log there was, a table of customers the table. */
function withTable(before: Dataset | undefined, table: Table): Dataset {
  const events = guessEvents(table);
  const added = events === undefined ? { customers: { table, roles: guessCustomers(table) } } : { events: { table, roles: events } };
  const all = { ...before, ...added };
  return { ...all, name: [all.customers?.table.source, all.events?.table.source].filter(Boolean).join(' and ') };
}

function without({ customers, events, name }: Dataset, part: 'customers' | 'events'): Dataset {
  return part === 'events' ? { name, ...(customers === undefined ? {} : { customers }) } : { name, ...(events === undefined ? {} : { events }) };
}
