/// <reference lib="dom" />
import { expect, it } from 'vitest';
import * as clientela from '../../src/index.js';

it('runs in a page, not in Node', () => {
  expect(typeof document).toBe('object');
  expect(typeof (globalThis as { Buffer?: unknown }).Buffer).toBe('undefined');
});

it('loads in a worker, where there is neither Node nor a page, with the same names', async () => {
  const source = `
    const globals = ['process', 'Buffer', 'require', 'document', 'window'].filter((name) => name in globalThis);
    import(${JSON.stringify(new URL('../../src/index.ts', import.meta.url).href)})
      .then((module) => postMessage({ globals, names: Object.keys(module).sort() }), (error) => postMessage({ error: String(error) }));`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), { type: 'module' });
  const answer = await new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  worker.terminate();
  expect(answer).toEqual({ globals: [], names: Object.keys(clientela).sort() });
});
