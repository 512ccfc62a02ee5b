/** `npm run demo [-- file.csv --flags]`: builds what the example imports, when src is newer, and runs it with the arguments given. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './package.mjs';

const newest = Math.max(
  ...readdirSync(join(root, 'src'), { recursive: true }).map((path) => statSync(join(root, 'src', path)).mtimeMs),
);
const built = join(root, 'dist/index.js');
const run = (command, args) => {
  const { status, signal, error } = spawnSync(command, args, { stdio: 'inherit', cwd: process.env.INIT_CWD ?? root });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(signal === null ? status : 1);
};

if (!existsSync(built) || statSync(built).mtimeMs < newest) run('npm', ['--prefix', root, 'run', '--silent', 'build:esm']);
run(process.execPath, [join(root, 'examples/quickstart/main.mjs'), ...process.argv.slice(2)]);
