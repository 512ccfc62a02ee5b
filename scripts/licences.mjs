/** `node scripts/licences.mjs`: writes THIRD-PARTY-NOTICES.md from what is installed; test/package/licences.test.ts fails when it is stale. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { manifest, root } from './package.mjs';

export const noticesFile = join(root, 'THIRD-PARTY-NOTICES.md');

/** What may reach a user: permissive, with no duty but to keep the notice. */
const runtimeAllowed = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0'];
/** What may also stand among the tools, which are not distributed. */
const toolsAllowed = [...runtimeAllowed, 'MPL-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'CC-BY-3.0', 'CC-BY-4.0', 'Unlicense', 'Python-2.0'];

/** Every package of the lock file (those of other platforms too): `{ name, version, licence, dev }`. */
export function lockedPackages(lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))) {
  return Object.entries(lock.packages)
    .filter(([path, { link }]) => path !== '' && link !== true)
    .map(([path, { version, license, dev = false, devOptional = false }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version, licence: license, dev: dev || devOptional,
    }));
}

/** What the licences of packages have against them; empty when nothing. */
export function licenceComplaints(packages) {
  return packages
    .filter(({ licence, dev }) => !(dev ? toolsAllowed : runtimeAllowed).includes(licence))
    .map(({ name, version, licence, dev }) => `${name} ${version}: ${licence ?? 'no licence'} is not among those allowed for ${dev ? 'tools' : 'what users install'}`);
}

function licenceText(name) {
  const folder = join(root, 'node_modules', name);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  if (file === undefined) throw new Error(`${name} brings no licence file; find its text and say here where it stands`);
  return readFileSync(join(folder, file), 'utf8').trim();
}

/** The text of THIRD-PARTY-NOTICES.md. */
export function notices() {
  const packages = lockedPackages().filter(({ dev }) => !dev).sort((a, b) => (a.name < b.name ? -1 : 1));
  return `# Packages of others

Written by \`node scripts/licences.mjs\`; do not edit. ${manifest.name} itself is under the [${manifest.license} licence](LICENSE).

These packages, and no others, are installed beside it; the modules in \`dist/browser\` have parts of them inside.

| package | version | licence |
|---|---|---|
${packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`).join('\n')}

${packages.map(({ name, version }) => `## ${name} ${version}\n\n${licenceText(name).replace(/^(#+ .*|[A-Z]+ License)\n+/, '').replace(/^/gm, '> ').replace(/^> $/gm, '>')}`).join('\n\n')}
`;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const complaints = licenceComplaints(lockedPackages());
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
  writeFileSync(noticesFile, notices());
}
