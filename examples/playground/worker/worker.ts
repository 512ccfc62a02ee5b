/** The worker: all reading and all modelling happen here, so that the page stays awake. */
import { isClientelaError } from 'clientela/data';
import { parseCsv } from '../../quickstart/parseCsv.mjs';
import { companyDataset } from '../data/company.js';
import { Loaded } from '../data/loaded.js';
import { computations } from '../panels/computations.js';
import type { Failure, Progress, Reply, Request, Task } from './protocol.js';

let loaded = new Loaded({ name: 'nothing' });

addEventListener('message', ({ data: { id, task } }: MessageEvent<Request>) => {
  const send = (reply: Reply) => postMessage(reply);
  answer(task, (progress) => send({ id, kind: 'progress', progress })).then(
    (value) => send({ id, kind: 'done', value }),
    (error: unknown) => send({ id, kind: 'failed', failure: failureOf(error) }),
  );
});

async function answer(task: Task, report: (progress: Progress) => void): Promise<unknown> {
  switch (task.kind) {
    case 'simulate':
      return companyDataset(task.customers);
    case 'read':
      return parseCsv(await textOf(task.file), { source: task.file.name });
    case 'load':
      loaded = new Loaded(task.dataset);
      return null;
    case 'compute': {
      const computation = computations.find(({ id }) => id === task.panel);
      if (computation === undefined) throw new Error(`There is no panel "${task.panel}".`);
      return await computation.compute(loaded, task.options, (done, total, doing) => report({ done, total, doing }));
    }
  }
}

/** The text of a file; a file that is no text (a workbook, a picture) is told by its bytes. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.subarray(0, 4096).includes(0) || (bytes[0] === 0x50 && bytes[1] === 0x4b)) {
    throw new Error(`${file.name} is not a text file. Save the sheet as CSV (comma-separated values) and drop that.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // What spreadsheets in Western Europe write by default.
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  return isClientelaError(error) ? { message, code: error.code } : { message };
}
