import { describe, expect, it } from 'vitest';
import { rocAuc } from '../../src/evaluation/rocAuc.js';
import type { ElasticNet } from '../../src/learners/elasticNet/elasticNet.js';
import { fitElasticNet } from '../../src/learners/elasticNet/fitElasticNet.js';
import { worstViolation } from '../learners/elasticNet/violations.js';
import { describeWithShared, designOf, readCsv, readGolden } from './shared.js';

interface Golden {
  readonly alpha: number;
  readonly lambdaMax: number;
  readonly cvDevianceMin: number;
  readonly cvLambdaMin: number;
  readonly cvLambda1se: number;
  readonly cvAucMax: number;
  readonly points: readonly { readonly index: number; readonly lambda: number; readonly df: number; readonly devRatio: number; readonly a0: number; readonly beta: readonly number[] }[];
}

type Rows = Record<string, string>[];

const GOLDEN = 'golden/scoring/glmnet_paths.json';
const GERMAN = 'data/scoring/germancredit.csv';
const BANK = 'data/scoring/bank.csv';
const CARAVAN = 'data/scoring/caravan.csv';

const words = (text: string): string[] => text.split(' ');
const germanNumbers = words('duration_in_month credit_amount installment_rate_in_percentage_of_disposable_income present_residence_since age_in_years number_of_existing_credits_at_this_bank number_of_people_being_liable_to_provide_maintenance_for');
const germanCategories = words('status_of_existing_checking_account credit_history purpose savings_account_and_bonds present_employment_since personal_status_and_sex other_debtors_or_guarantors property other_installment_plans housing job telephone foreign_worker');

const sets: Readonly<Record<string, { readonly rows: () => Rows; readonly target: string; readonly positive: string; readonly features?: readonly string[]; readonly lambdaMinRatio?: number }>> = {
  german: { rows: () => readCsv(GERMAN), target: 'creditability', positive: 'bad', features: [...germanNumbers, ...germanCategories] },
  bank: { rows: () => readCsv(BANK, ';'), target: 'y', positive: 'yes', features: words('age balance day campaign pdays previous job marital education default housing loan contact month poutcome') },
  // Its path in the reference goes down to 0.02 of the largest penalty.
  caravan: { rows: () => readCsv(CARAVAN), target: 'Purchase', positive: 'Yes', lambdaMinRatio: 0.02 },
};

/** The fold of each row in the reference: the number of earlier rows with the same label, modulo 5. */
function foldsOf(labels: readonly unknown[]): number[] {
  const seen = new Map<unknown, number>();
  return labels.map((label) => {
    const earlier = seen.get(label) ?? 0;
    seen.set(label, earlier + 1);
    return earlier % 5;
  });
}

const scalesOf = (model: ElasticNet): number[] => model.toJSON().terms.flatMap((term) => (term.kind === 'category' ? term.scales : [term.scale]));
const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** The design by the names of the coefficients, as dense rows. */
function denseRows(data: Rows, coefficients: ElasticNet['coefficients']): number[][] {
  const names = coefficients.slice(1).map(({ name }) => name);
  const values = designOf(data, names);
  return data.map((_, i) => Array.from(values.subarray(i * names.length, (i + 1) * names.length)));
}

describeWithShared('fitElasticNet against R glmnet', [GOLDEN, GERMAN, BANK, CARAVAN], () => {
  const golden = readGolden<Readonly<Record<string, Golden>>>(GOLDEN);

  describe.each(Object.entries(golden))('%s', (name, expected) => {
    const { rows, lambdaMinRatio = 1e-4, ...options } = sets[name.split('_')[0]!]!;
    const data = rows();
    const folds = foldsOf(data.map((row) => row[options.target]));
    // The reference goes on where glmnet would stop.
    const lambda = Array.from({ length: 100 }, (_, k) => expected.lambdaMax * lambdaMinRatio ** (k / 99));
    const model = fitElasticNet(data, { ...options, mixing: expected.alpha, lambda, folds, keepPath: true });
    const scales = scalesOf(model);
    const points = expected.points.map((point) => ({ ...point, found: model.path[point.index - 1]!, at: model.atLambda(point.lambda) }));
    // At the first penalty of a ridge path glmnet gives the coefficients of an infinite one.
    const comparable = points.filter(({ index }) => expected.alpha > 0 || index > 1);

    it('begins at the same penalty, and ends the path by the same rule', () => {
      const own = fitElasticNet(data, { ...options, mixing: expected.alpha, lambdaMinRatio, folds: 2 });
      expect(Math.abs(own.path[0]!.lambda / expected.lambdaMax - 1)).toBeLessThan(1e-12);
      expect(own.path.length).toBeLessThanOrEqual(100);
      own.path.forEach((point, k) => expect(Math.abs(point.lambda / lambda[k]! - 1)).toBeLessThan(1e-12));
    });

    it('has the coefficients of the reference, to 1e-6 on standardised columns', () => {
      for (const { at, beta, a0, index } of comparable) {
        expect(at.coefficients).toHaveLength(beta.length + 1);
        // Near the end of this one path the reference is off by 1.2e-6, as its violations of the conditions below show.
        const tolerance = name === 'german_alpha1' && index > 60 ? 1.3e-6 : 1e-6;
        expect(largest(at.coefficients.slice(1).map(({ estimate }, j) => (estimate - beta[j]!) * scales[j]!))).toBeLessThan(tolerance);
        expect(Math.abs(at.coefficients[0]!.estimate - a0)).toBeLessThan(1e-5);
      }
    });

    it('has its number of columns and share of deviance', () => {
      for (const { found, df, devRatio } of comparable) {
        expect(found.columnCount).toBe(df);
        expect(Math.abs(found.devianceRatio - devRatio)).toBeLessThan(5e-8);
      }
    });

    it('meets the conditions for a minimum to 1e-9, where the reference leaves 1e-8', () => {
      const dense = denseRows(data, model.coefficients);
      const y = data.map((row) => Number(row[options.target] === options.positive));
      for (const { at } of points) expect(worstViolation(at, { rows: dense, y })).toBeLessThan(1e-9);
      const violations = comparable.map(({ at, a0, beta }) => worstViolation({ ...at, coefficients: [a0, ...beta].map((estimate) => ({ name: '', estimate })) }, { rows: dense, y }));
      expect(Math.max(...violations)).toBeGreaterThan(1e-9);
    });

    it('chooses the same penalties by cross-validation', () => {
      const held = model.path.find((point) => point.lambda === model.minimumLambda)!.heldOutDeviance!;
      expect(Math.abs(held - expected.cvDevianceMin)).toBeLessThan(1e-6);
      expect(Math.abs(model.minimumLambda! / expected.cvLambdaMin - 1)).toBeLessThan(1e-12);
      expect(Math.abs(model.oneStandardErrorLambda! / expected.cvLambda1se - 1)).toBeLessThan(1e-12);
      expect(model.lambda).toBe(model.minimumLambda);
    });
  });

  it('ranks held-out rows as well as the reference (german, mean AUC of the folds, best of the path)', () => {
    const { rows, ...options } = sets['german']!;
    const data = rows();
    const folds = foldsOf(data.map((row) => row['creditability']));
    const expected = golden['german_alpha1']!;
    const lambda = Array.from({ length: 60 }, (_, k) => expected.lambdaMax * 1e-4 ** (k / 99));
    const aucs = Array.from({ length: 5 }, (_, fold) => {
      const model = fitElasticNet(data.filter((__, i) => folds[i] !== fold), { ...options, mixing: 1, lambda, folds: 2, keepPath: true });
      const held = data.filter((__, i) => folds[i] === fold);
      const labels = held.map((row) => Number(row['creditability'] === 'bad'));
      return lambda.map((value) => rocAuc(labels, model.atLambda(value).predictProbability(held)));
    });
    const means = lambda.map((_, at) => aucs.reduce((sum, fold) => sum + fold[at]!, 0) / 5);
    expect(Math.max(...means)).toBeCloseTo(expected.cvAucMax, 9);
  });
});

/**
 * Figures of R 4.2.2 with glmnet 4.1-6 (fdev 0; thresh 1e-20 for gaussian, 1e-14 otherwise) on german credit: columns duration, instalment rate,
 * residence, age, and the levels of job after the first; coefficients on the raw scale, intercept first; the folds are the row number modulo 5.
 */
describeWithShared('fitElasticNet against R glmnet, other families', [GERMAN], () => {
  const data: Rows = readCsv(GERMAN);
  const features = words('duration_in_month installment_rate_in_percentage_of_disposable_income present_residence_since age_in_years job');
  const folds = data.map((_, i) => i % 5);
  const weights = data.map((_, i) => 1 + (i % 3));
  const numbers = (name: string, factor = 1): number[] => data.map((row) => factor * Number(row[name]));

  interface Reference {
    readonly title: string;
    readonly target: string;
    readonly options: Partial<Parameters<typeof fitElasticNet>[1]>;
    readonly points: readonly (readonly [index: number, lambda: number, devianceRatio: number, coefficients: readonly number[]])[];
    /** Chosen, within one standard error, least deviance, its error. */
    readonly cv?: readonly [number, number, number, number];
    readonly tolerance: number;
  }

  const references: readonly Reference[] = [
    {
      title: 'gaussian, mixing 1', target: 'credit_amount', options: { mixing: 1 }, tolerance: 1e-8,
      points: [
        [2, 1606.63838108447, 0.0663179089272329, [2999.58997962331, 12.996604333191, 0, 0, 0, 0, 0, 0]],
        [15, 479.364217185597, 0.429916710856636, [2016.35372435241, 108.907597755888, -343.623020599975, 0, 0, 0, 0, 0]],
        [40, 46.8343613363277, 0.549660229442707, [3667.5255364142, 140.897647613697, -784.552738834224, 0, 8.16147657734163, -1495.8766616697, -1565.08525718507, -1611.24722918671]],
      ],
      cv: [10.5706077093, 172.274567366, 3664041.44122, 328504.926757],
    },
    {
      title: 'gaussian, mixing 0.5, weights, offset', target: 'credit_amount', options: { mixing: 0.5, weights, offset: numbers('duration_in_month', 100) }, tolerance: 1e-8,
      points: [
        [5, 1180.58812352653, 0.0619070047503638, [1747.61559774707, 0, -189.765904967611, 0, 0, 0, 0, 0]],
        [15, 465.648283051348, 0.185930486054814, [2383.73815744527, 23.5622533924577, -531.063654272639, 0, 0, -132.570844725017, 0, -120.929719540046]],
        [40, 45.4943009140455, 0.293567163182253, [3634.1411890333, 38.9530021641817, -810.048014758454, 12.3278056664897, 12.7526824022729, -1498.20704460554, -1353.01849455141, -1749.43272462977]],
      ],
    },
    {
      title: 'gaussian, mixing 0', target: 'credit_amount', options: { mixing: 0 }, tolerance: 1e-8,
      points: [
        [15, 479364.217185597, 0.00585538621724081, [3265.78049570329, 0.85596102805736, -4.01056770588383, 0.431436694149797, 0.0477190773187877, -3.19317186252149, -3.16589091630381, -6.66771563429429]],
        [40, 46834.3613363277, 0.0555906741642532, [3220.36741578555, 8.30921695824293, -39.3654833343345, 4.06723625080554, 0.481357494725333, -33.1694755102008, -32.3812717185544, -64.1792950126695]],
      ],
      cv: [176.328363983, 857.414581316, 3681599.26525, 320239.327605],
    },
    {
      title: 'poisson, mixing 1', target: 'number_of_existing_credits_at_this_bank', options: { family: 'poisson', mixing: 1 }, tolerance: 1e-6,
      points: [
        [5, 0.0593963124038208, 0.0128591635762423, [0.282349257856858, 0, 0, 0, 0.00165790015797252, 0, 0, 0]],
        [15, 0.0234271295291402, 0.0257050530633686, [0.188455517966494, 0, 0, 0.00831422929274406, 0.00358811962051433, 0, 0.03601176875129, 0]],
        [40, 0.00228885388209087, 0.0312580528871298, [0.096203363049899, -0.000142244450769507, 0.00435120550793797, 0.0195136788725196, 0.00454692386473632, 0.0204492471842532, 0.142172963195453, 0]],
      ],
      cv: [0.028218060456, 0.086173879372, 0.209953187527, 0.0105056265797],
    },
    {
      title: 'poisson, mixing 0.5, weights, offset', target: 'number_of_existing_credits_at_this_bank', options: { family: 'poisson', mixing: 0.5, weights, offset: numbers('duration_in_month').map(Math.log) }, tolerance: 1e-6,
      points: [
        [5, 1.11942241096165, 0.234957653063156, [-2.45899022253122, -0.00893910933140565, 0, 0, 0, 0, 0, 0]],
        [15, 0.441523265638523, 0.52556668345681, [-2.02370840332789, -0.0264716148183979, 0, 0, 0, 0, 0, 0]],
        [40, 0.0431372626908108, 0.636596013341621, [-1.86469731202728, -0.0430472028182563, 0, 0.00341051109041818, 0.00561809248728823, 0, 0.0496831604242372, 0]],
      ],
    },
    {
      title: 'multinomial, mixing 0.5 (free, own, rent)', target: 'housing', options: { mixing: 0.5 }, tolerance: 2e-6,
      points: [
        [5, 0.185547705842498, 0.021577323695992, [-0.920803902590293, 0, 0, 0, 0, 0, 0, 0, 1.33635323064122, 0, 0, -0.12847188397055, 0, 0, 0, 0, -0.415549328050927, 0, 0, 0, 0, 0, 0, 0]],
        [15, 0.0731838385698738, 0.102721267193878, [
          -2.1202519905169, 0.0134235602828542, 0, 0, 0.0160495734970614, 0, 0, 0,
          1.86037513160095, 0, 0, -0.4028143687256, 0, 0, 0, 0,
          0.259876858915944, 0, 0, 0, -0.0277403370988406, 0, 0, 0,
        ]],
        [40, 0.00715013389961458, 0.164848314063078, [
          -3.8948380721579, 0.0384852399120665, 0, 0.094358550607988, 0.0346804781745219, -0.3324164972778, 0, -0.987181220527389,
          2.06721730704406, 0, 0.0113141273588718, -0.669880702681201, 0, 0.241971964995234, -0.0761123146365424, 0.265664859314743,
          1.82762076511384, -0.0115892371821508, -0.14763128644537, 0, -0.0669257167634157, 0, 0.224440146397637, 0,
        ]],
      ],
      cv: [0.00651493571057, 0.0553608900478, 1.35085423074, 0.0538572965953],
    },
    {
      title: 'multinomial, mixing 1', target: 'housing', options: { mixing: 1 }, tolerance: 2e-6,
      points: [
        [15, 0.0365919192849369, 0.118779774253398, [
          -2.45839853046291, 0.0181665741254882, 0, 0, 0.0177796351392029, 0, 0, 0,
          2.00146328012287, 0, 0, -0.498118130109383, 0, 0, 0, 0,
          0.456935250340036, 0, 0, 0, -0.0380098966914354, 0, 0, 0,
        ]],
        [40, 0.00357506694980729, 0.165687463919408, [
          -3.95640179634068, 0.0397484846677563, 0, 0.0783511146238161, 0.0355718010173141, -0.380462705838012, 0, -1.10064439111286,
          2.07938036652686, 0, 0.00764958764661104, -0.695075448855926, 0, 0.237246033527107, -0.0315305443280419, 0.247952558267031,
          1.87702142981383, -0.0119593178292412, -0.153602190524679, 0, -0.070371881005814, 0, 0.293048727270553, 0,
        ]],
      ],
      cv: [0.00392363156397, 0.0365919192849, 1.35206649565, 0.054630767356],
    },
  ];

  describe.each(references)('$title', ({ target, options, points, cv, tolerance }) => {
    const lambdas = Array.from({ length: 100 }, (_, k) => points[0]![1] * 1e-4 ** ((k + 1 - points[0]![0]) / 99));
    const model = fitElasticNet(data, { target, features, lambda: lambdas, folds, keepPath: true, ...options });
    const scales = [1, ...scalesOf(model)];

    it('has its coefficients, relative to the largest', () => {
      for (const [, lambda, , expected] of points) {
        const found = model.atLambda(lambda).coefficients.map(({ estimate }) => estimate);
        // Intercepts of classes may move together: those of glmnet add up to 0 on the raw scale.
        const first = found.filter((_, j) => j % scales.length === 0);
        if (first.length > 1) first.forEach((value, k) => (found[k * scales.length] = value - first.reduce((sum, other) => sum + other, 0) / first.length));
        expect(found).toHaveLength(expected.length);
        const distances = found.map((value, j) => (value - expected[j]!) * scales[j % scales.length]!);
        expect(largest(distances) / largest(expected.map((value, j) => value * scales[j % scales.length]!))).toBeLessThan(tolerance);
      }
    });

    it('explains its share of the deviance, and begins where it begins', () => {
      for (const [index, , ratio] of points) expect(Math.abs(model.path[index - 1]!.devianceRatio - ratio)).toBeLessThan(1e-7);
      const own = fitElasticNet(data, { target, features, folds: 2, lambdaCount: 100, ...options });
      const [index, lambda] = points[0]!;
      expect(Math.abs(own.path[index - 1]!.lambda / lambda - 1)).toBeLessThan(1e-12);
    });

    it('meets the conditions for a minimum', () => {
      const dense = denseRows(data, model.coefficients.slice(0, scales.length));
      const { classes } = model;
      const y = data.map((row) => (classes === null ? Number(row[target]) : classes.indexOf(row[target]!)));
      const given = { ...(options.weights && { weights }), ...(options.offset && { offset: options.offset as number[] }) };
      const scale = model.family === 'gaussian' ? Math.sqrt(model.nullDeviance) : 1;
      for (const [, lambda] of points) expect(worstViolation(model.atLambda(lambda), { rows: dense, y, ...given }) / scale).toBeLessThan(1e-9);
    });

    it.runIf(cv)('chooses its penalties on the same folds', () => {
      const [minimum, simplest, deviance, error] = cv!;
      expect(Math.abs(model.minimumLambda! / minimum - 1)).toBeLessThan(1e-10);
      expect(Math.abs(model.oneStandardErrorLambda! / simplest - 1)).toBeLessThan(1e-10);
      const chosen = model.path.find(({ lambda }) => lambda === model.minimumLambda)!;
      expect(Math.abs(chosen.heldOutDeviance! / deviance - 1)).toBeLessThan(1e-6);
      expect(Math.abs(chosen.heldOutError! / error - 1)).toBeLessThan(1e-5);
    });
  });

  it('keeps signs as glmnet does with limits of 0', () => {
    const expected: readonly (readonly [lambda: number, coefficients: readonly number[]])[] = [
      [0.05, [-1.24368640859597, 0.0185188880545774, 0, 0, 0, 0, 0, 0]],
      [0.01, [-1.80654244053954, 0.0333427352002466, 0.0806715240448261, 0, 0, -0.0131455399400965, 0, 0]],
      [0.001, [-2.0004038686687, 0.0372256622049612, 0.125491457274305, 0, 0, -0.0806947369854828, 0.231315503569163, 0.0408060056989777]],
    ];
    const signs = Object.fromEntries(features.slice(0, 4).map((name) => [name, 'positive' as const]));
    for (const [lambda, coefficients] of expected) {
      const model = fitElasticNet(data, { target: 'creditability', positive: 'bad', features, mixing: 1, lambda, signs });
      expect(largest(model.coefficients.map(({ estimate }, j) => estimate - coefficients[j]!))).toBeLessThan(2e-6);
    }
  });
});
