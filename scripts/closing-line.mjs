/** The last line of .ci/run: `N passed, N failed`, from vitest's JSON reports; `--failed-step name` adds a failure of another kind. */
import { existsSync, readFileSync } from 'node:fs';

const total = { passed: 0, failed: 0, skipped: 0 };
const [, , ...args] = process.argv;
const failedStep = args[0] === '--failed-step' ? args.splice(0, 2)[1] : undefined;
for (const file of args) {
  if (!existsSync(file)) continue;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const brokenFiles = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  total.passed += numPassedTests;
  total.failed += numFailedTests + brokenFiles;
  total.skipped += numPendingTests + numTodoTests;
}
if (failedStep !== undefined && total.failed === 0) total.failed = 1;
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
