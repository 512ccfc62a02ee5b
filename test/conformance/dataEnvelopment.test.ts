import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dataEnvelopment } from '../../src/potential/envelopment/dataEnvelopment.js';
import type { DataEnvelopment } from '../../src/potential/envelopment/envelopmentResult.js';
import { describeWithShared, readCsv, readGolden, sharedPath } from './shared.js';

/** scipy's HiGHS, see ../shared/golden/propensity/reference_scripts/dea.py; its milkProd.csv is not in ../shared and stays unchecked. */
interface Sums {
  readonly sum: number;
  readonly n_eff?: number;
  readonly max?: number;
  readonly min?: number;
}

interface Goldens {
  readonly dea: Readonly<Record<'charnes1981_out' | 'charnes1981_in' | 'telecom_out', Readonly<Record<string, Sums>>>> & {
    readonly hospitals_CST: Readonly<Record<string, readonly number[]>> & { readonly inputs: readonly (readonly number[])[]; readonly outputs: readonly (readonly number[])[] };
  };
}

const GOLDENS = 'golden/propensity/goldens.json';
const CHARNES = 'data/potential/charnes1981.csv';
const TELECOM = 'data/potential/telecom.txt';
const RETURNS = { crs: 'constant', vrs: 'variable', drs: 'decreasing', irs: 'increasing' } as const;

function expectProof({ certificate }: DataEnvelopment): void {
  for (const figure of Object.values(certificate)) expect(figure).toBeLessThan(1e-12);
}

function expectSums(found: DataEnvelopment, { sum, n_eff, max, min }: Sums): void {
  const near = (value: number, expected: number | undefined): void => {
    if (expected !== undefined) expect(Math.abs(value - expected)).toBeLessThan(1e-7);
  };
  near(found.scores.reduce((total, score) => total + score, 0), sum);
  near(Math.max(...found.scores), max);
  near(Math.min(...found.scores), min);
  if (n_eff !== undefined) expect(found.statuses.filter((status) => status.endsWith('fficient') && status !== 'inefficient')).toHaveLength(n_eff);
  expectProof(found);
}

describeWithShared('data envelopment against HiGHS', [GOLDENS, CHARNES, TELECOM], () => {
  const { dea } = readGolden<Goldens>(GOLDENS);
  const hospitals = dea.hospitals_CST.inputs.map(([doctors, nurses], i) => ({ doctors, nurses, outpatients: dea.hospitals_CST.outputs[i]![0], inpatients: dea.hospitals_CST.outputs[i]![1] }));
  const schools = readCsv(CHARNES, ';');
  const [, ...countries] = readFileSync(sharedPath(TELECOM), 'utf8').split('\n').filter((line) => line !== '').map((line) => line.match(/"[^"]*"|\S+/g)!);

  it.each(['in_crs', 'in_vrs', 'out_crs', 'out_vrs'])('hospitals of Cooper, Seiford and Tone: %s to 1e-8 of the printed digits', (key) => {
    const [direction, returns] = key.split('_') as ['in' | 'out', 'crs' | 'vrs'];
    const found = dataEnvelopment(hospitals, { inputs: ['doctors', 'nurses'], outputs: ['outpatients', 'inpatients'], returns: RETURNS[returns], orientation: `${direction}put` });
    dea.hospitals_CST[key]!.forEach((score, i) => expect(Math.abs(found.scores[i]! - score)).toBeLessThan(1e-8));
    expectProof(found);
  });

  it.each([
    ...Object.keys(dea.charnes1981_out).map((returns) => ['out', returns] as const),
    ...Object.keys(dea.charnes1981_in).map((returns) => ['in', returns] as const),
  ])('Program Follow Through (Charnes, Cooper and Rhodes, 1981), 5 inputs and 3 outputs: %sputs, %s', (direction, returns) => {
    const found = dataEnvelopment(schools, { inputs: ['x1', 'x2', 'x3', 'x4', 'x5'], outputs: ['y1', 'y2', 'y3'], unit: 'firm', returns: RETURNS[returns as 'crs'], orientation: `${direction}put` });
    expectSums(found, dea[`charnes1981_${direction}`][returns]!);
  });

  it.each(Object.keys(dea.telecom_out))('telecom of 21 countries: outputs, %s', (returns) => {
    const rows = countries.map(([country, output, mainlines, employees]) => ({ country, output, mainlines, employees }));
    expect(rows).toHaveLength(21);
    const found = dataEnvelopment(rows, { inputs: ['mainlines', 'employees'], outputs: ['output'], unit: 'country', returns: RETURNS[returns as 'crs'] });
    expectSums(found, dea.telecom_out[returns]!);
  });
});
