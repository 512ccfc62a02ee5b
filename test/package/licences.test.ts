import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { licenceComplaints, lockedPackages, notices, noticesFile } from '../../scripts/licences.mjs';
import { manifest } from '../../scripts/package.mjs';

describe('the licences of others', () => {
  it('are all among those allowed, of tools too', () => {
    expect(licenceComplaints(lockedPackages())).toEqual([]);
  });

  it('are complained of by name when they are not', () => {
    const found = { version: '1.0.0', dev: false };
    expect(licenceComplaints([
      { ...found, name: 'a', licence: 'GPL-3.0' }, { ...found, name: 'b', licence: undefined },
      { ...found, name: 'c', licence: 'MPL-2.0' }, { ...found, name: 'd', licence: 'MPL-2.0', dev: true },
    ])).toEqual([
      'a 1.0.0: GPL-3.0 is not among those allowed for what users install',
      'b 1.0.0: no licence is not among those allowed for what users install',
      'c 1.0.0: MPL-2.0 is not among those allowed for what users install',
    ]);
  });

  it('stand in THIRD-PARTY-NOTICES.md as they are installed, which the package brings along (node scripts/licences.mjs)', () => {
    expect(readFileSync(noticesFile, 'utf8')).toBe(notices());
    expect(manifest.files).toContain('THIRD-PARTY-NOTICES.md');
  });

  it('are those of the dependencies of package.json, which bring no others', () => {
    expect(lockedPackages().filter(({ dev }) => !dev).map(({ name }) => name).sort()).toEqual(Object.keys(manifest.dependencies).sort());
  });
});
