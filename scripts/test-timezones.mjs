/** `npm run test:tz`: the whole suite once per zone; results may not depend on where the machine stands. */
import { spawnSync } from 'node:child_process';
import { root } from './package.mjs';

for (const zone of ['UTC', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']) {
  const { status, stdout, stderr } = spawnSync('npm', ['test', '--silent'], {
    cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, TZ: zone, NO_COLOR: '1', FORCE_COLOR: undefined, TEST_REPORT: undefined },
  });
  if (status !== 0) {
    console.log(`${stdout}${stderr}\nFAILED with TZ=${zone}`);
    process.exit(1);
  }
  console.log(`  ${zone}: ${/Tests +(.*)/.exec(stdout)?.[1] ?? 'no tests'}`);
}
