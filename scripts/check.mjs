/** `npm run check`: every check in order, one line each; the whole output of a step only when it fails. `-- --from size` starts there, `--without coverage` leaves it out. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from './chromium.mjs';
import { root } from './package.mjs';

const steps = [
  'types', 'lint', 'coverage', 'build', 'api', 'publint', 'attw', 'unused', 'size', 'consumer', 'docs', 'test:tz', 'test:browser', 'test:playground',
];
const argument = (flag) => (process.argv.includes(flag) ? process.argv[process.argv.indexOf(flag) + 1] : undefined);
const flags = { api: ['--', '--check'] };
const from = argument('--from') ?? steps[0];
if (!steps.includes(from)) throw new Error(`--from takes one of ${steps.join(', ')}, found "${from}"`);

const without = argument('--without');
for (const step of steps.slice(steps.indexOf(from)).filter((name) => name !== without)) {
  if (/^test:(browser|playground)$/.test(step) && !existsSync(chromium)) {
    console.log(`SKIPPED ${step}: no Chromium at ${chromium} (apt-get install chromium, or set CHROMIUM)`);
    continue;
  }
  const start = Date.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', step, ...(flags[step] ?? [])], {
    cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
  });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  if (status !== 0) {
    console.log(`${stdout}${stderr}\nFAILED ${step} (${seconds} s); alone: npm run ${step}`);
    process.exit(1);
  }
  console.log(`ok ${step} (${seconds} s)`);
  for (const line of stdout.split('\n').filter((text) => /^ {2}|Statements|Branches|Lines +:| passed|examples extracted/.test(text))) console.log(`   ${line.trimStart()}`);
}
console.log('all checks passed');
