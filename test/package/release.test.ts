import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { releaseComplaints } from '../../scripts/check-release.mjs';
import { manifest, root } from '../../scripts/package.mjs';

const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const textOf = (name: string): string => workflows.find((workflow) => workflow.name === name)!.text;
/** The part of a workflow that is one job. */
const job = (text: string, name: string): string => new RegExp(`^  ${name}:\\n(?:(?: {4}.*)?\\n)*`, 'm').exec(text)![0];

describe.each(workflows)('$name', ({ text }) => {
  it('pins every action by its commit, with the version beside it', () => {
    const uses = text.match(/uses: .*/g)!;
    for (const line of uses) expect(line).toMatch(/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('runs the command of .ci/run, leaves no credentials in the checkout, and knows no secret', () => {
    expect(text).toContain('- run: .ci/run\n');
    expect(text.match(/actions\/checkout@.*\n\s+with:\n\s+persist-credentials: false/g)).toHaveLength(text.match(/actions\/checkout@/g)!.length);
    expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|pull_request_target/);
  });

  it('puts nothing that an outsider chooses into a shell', () => {
    expect(text.match(/run: .*\$\{\{.*/g)).toBeNull();
  });
});

describe('the release', () => {
  const release = textOf('release.yml');

  it('is started by a version tag only', () => {
    expect(/^on:\n(?: .*\n)+/m.exec(release)![0]).toBe("on:\n  push:\n    tags: ['v[0-9]+.[0-9]+.[0-9]+*']\n");
  });

  it('gives the right to publish to the one job that runs no code of ours, after the checks', () => {
    const [pack, publish] = [job(release, 'pack'), job(release, 'publish')];
    expect(release).toContain('\npermissions: {}\n');
    expect(pack).toContain('permissions:\n      contents: read\n    steps');
    expect(publish).toContain('permissions:\n      id-token: write\n    steps');
    expect(publish).toContain('needs: pack\n');
    expect(publish).not.toMatch(/checkout|npm ci|npm install|npm run|\.ci\//);
    expect(publish).toMatch(/npm publish packed\/\*\.tgz --ignore-scripts --provenance --access public/);
    expect(manifest.publishConfig).toEqual({ access: 'public', provenance: true });
  });

  it('checks the tag before anything else', () => {
    const pack = job(release, 'pack');
    expect(pack.indexOf('scripts/check-release.mjs "$GITHUB_REF_NAME" "$GITHUB_REPOSITORY"')).toBeGreaterThan(0);
    expect(pack.indexOf('scripts/check-release.mjs')).toBeLessThan(pack.indexOf('.ci/run'));
  });

  it('is refused under another tag, from another repository, without a word in the changelog', () => {
    const ready = {
      tag: 'v1.2.3', repository: 'owner/clientela', changelog: '# Changes\n\n## 1.2.3\n',
      manifest: { version: '1.2.3', repository: { type: 'git', url: 'git+https://github.com/owner/clientela.git' } },
    };
    expect(releaseComplaints(ready)).toEqual([]);
    expect(releaseComplaints({ ...ready, manifest: { version: '1.2.3', repository: 'https://github.com/owner/clientela' } })).toEqual([]);
    expect(releaseComplaints({ ...ready, tag: 'v1.2.4' })).toEqual(['the tag is v1.2.4, the version in package.json 1.2.3: tag v1.2.3, or change the version']);
    expect(releaseComplaints({ ...ready, changelog: '## Unreleased\n1.2.3' })).toEqual(['CHANGELOG.md has no heading for 1.2.3']);
    expect(releaseComplaints({ ...ready, repository: 'stranger/clientela' })).toEqual(['"repository" in package.json is git+https://github.com/owner/clientela.git, the release comes from stranger/clientela']);
    expect(releaseComplaints({ ...ready, manifest: { version: '1.2.3', repository: undefined } })).toHaveLength(1);
  });
});

describe('SECURITY.md', () => {
  it('is told of the versions that there are', () => {
    const [major, minor] = manifest.version.split('.');
    expect(readFileSync(join(root, 'SECURITY.md'), 'utf8')).toContain(`${major}.${minor}`);
  });
});
