/** `node scripts/check-release.mjs v1.2.3 owner/repository`: what must hold before a release; complains and fails when it does not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { manifest, root } from './package.mjs';

/** What speaks against releasing a manifest and its changelog under a tag from a repository; empty when nothing. */
export function releaseComplaints({ tag, repository, manifest: { version, repository: declared }, changelog }) {
  const url = (typeof declared === 'string' ? declared : declared?.url) ?? 'none';
  return [
    ...(tag === `v${version}` ? [] : [`the tag is ${tag}, the version in package.json ${version}: tag v${version}, or change the version`]),
    ...(changelog.split('\n').some((line) => line.startsWith('## ') && line.includes(version)) ? [] : [`CHANGELOG.md has no heading for ${version}`]),
    // npm refuses a provenance that names another repository than package.json.
    ...(url.replace(/\.git$/, '').endsWith(`github.com/${repository}`) ? [] : [`"repository" in package.json is ${url}, the release comes from ${repository}`]),
  ];
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const [, , tag, repository] = argv;
  const complaints = releaseComplaints({ tag, repository, manifest, changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8') });
  for (const complaint of complaints) console.error(complaint);
  if (complaints.length > 0) process.exitCode = 1;
}
