/** What the figures of a run depend on: processor, Node, and the versions of the peers. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const R_PACKAGES = ['cluster', 'glmnet', 'quantreg', 'rpart', 'survival'];
const NODE_PACKAGES = ['ml-kmeans', 'ml-logistic-regression'];

export const machine = () => ({ cpu: cpus()[0].model.trim(), cores: cpus().length, node: process.version });

const answer = (program, args) => {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 ? JSON.parse(stdout) : {};
};

/** `{ 'scikit-learn': '1.9.1', … }` of the peers that are installed here. */
export function peerVersions() {
  const python = process.env.PEERS_PYTHON;
  const asked = readFileSync(join(import.meta.dirname, 'peers/requirements.txt'), 'utf8').split('\n').map((line) => line.split('==')[0].trim()).filter((name) => name !== '');
  const inPython = `import json, sys\nfrom importlib.metadata import version, PackageNotFoundError\nfound = {"Python": sys.version.split()[0]}\nfor name in ${JSON.stringify(asked)}:\n    try: found[name] = version(name)\n    except PackageNotFoundError: pass\nprint(json.dumps(found))`;
  const inR = `for (p in c(${R_PACKAGES.map((name) => `"${name}"`).join()})) if (requireNamespace(p, quietly = TRUE)) found <- c(if (exists("found")) found, sprintf('"%s":"%s"', p, packageVersion(p))); cat("{\\"R\\":\\"", as.character(getRversion()), "\\",", paste(found, collapse = ","), "}", sep = "")`;
  return {
    ...(python === undefined ? {} : answer(python, ['-c', inPython])),
    ...answer('Rscript', ['-e', inR]),
    ...Object.fromEntries(NODE_PACKAGES.map((name) => [name, JSON.parse(readFileSync(join(root, `node_modules/${name}/package.json`), 'utf8')).version])),
  };
}
