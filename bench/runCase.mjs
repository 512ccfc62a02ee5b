/** A case in a process of its own, so that neither its heap nor its failure reaches the next: `run.mjs` starts it and is sent the lines. */
import { missingPeers } from './harness.mjs';

const { run } = await import(`./cases/${process.argv[2]}.mjs`);
process.send({ lines: await run(), missing: Object.fromEntries(missingPeers) });
