/**
 * `npm run test:tz`: whatever reads a time, once per zone; results may not depend on where the machine stands. Left out are the tests of plain numbers (numeric, learners, most of evaluation, contract,
 * sizes, reference figures, the demo and the guides on tables without dates), which see no date and take most of the time; `npm test` runs them in the zone of the machine.
 */
import { spawnSync } from 'node:child_process';
import { root } from './package.mjs';

const readsTime = [
  'test/data/', 'test/segmentation/rfm/', 'test/evaluation/auditLeakage', 'test/evaluation/crossValidate', 'test/evaluation/traitCandidates', 'test/evaluation/tune', 'test/evaluation/validateOutOfTime', 'test/evaluation/rankings/splitHoldings', 'test/churn/define', 'test/churn/score', 'test/lifetime/summary', 'test/lifetime/loyalty', 'test/lifetime/forecast', 'test/examples/company', 'test/scores/fitTargetScore', 'test/scores/targetScoreFromLog', 'test/learners/calibration/',
  'test/learners/trees/boosting', 'test/paths/journeys/', 'test/conformance/frame', 'test/conformance/snapshot', 'test/conformance/rfm', 'test/.examples/docs.guides.getting', 'test/.examples/docs.guides.whom-to-contact', 'test/.examples/README', 'test/.examples/src.data',
];

spawnSync('npm', ['run', '--silent', 'examples'], { cwd: root });
for (const zone of ['America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']) {
  const { status, stdout, stderr } = spawnSync('npx', ['vitest', 'run', ...readsTime], {
    cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, env: { ...process.env, TZ: zone, NO_COLOR: '1', FORCE_COLOR: undefined, TEST_REPORT: undefined },
  });
  if (status !== 0) {
    console.log(`${stdout}${stderr}\nFAILED with TZ=${zone}`);
    process.exit(1);
  }
  console.log(`  ${zone}: ${/Tests +(.*)/.exec(stdout)?.[1] ?? 'no tests'}`);
}
