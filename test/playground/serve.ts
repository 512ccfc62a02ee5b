import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    address: string;
  }
}

/** Builds the playground once and serves it while the tests run. */
export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const configFile = 'examples/playground/vite.config.ts';
  if (process.env['PLAYGROUND_BUILT'] === undefined) await build({ configFile, logLevel: 'warn' });
  const server = await preview({ configFile, preview: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' });
  project.provide('address', server.resolvedUrls!.local[0]!);
  return () => server.close();
}
