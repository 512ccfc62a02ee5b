import { expect, it } from 'vitest';
import { fitGlm } from '../../src/learners/glm/fitGlm.js';
import type { Glm } from '../../src/learners/glm/glm.js';
import { tweedieRows } from '../../src/learners/glm/estimatePower.js';
import { TweedieDensity, tweedieLikelihood } from '../../src/learners/glm/tweedieDensity.js';
import { describeWithShared, readCsv } from './shared.js';

/*
 * Reference figures: R 4.2.2 (stats::glm with epsilon 1e-13; MASS 7.3-58.2 glm.nb, gamma.shape; statmod 1.5.0 tweedie; mgcv 1.8-41
 * ldTweedie) and statsmodels 0.15.0 (GLM with tol 1e-14, discrete NegativeBinomial by Newton), run on the same files on 2026-11-22.
 * Peers that stop on the deviance leave their coefficients of gamma and Tweedie some 1e-8 and 1e-6 short: the tolerance says how exact
 * they are; test/learners/glm has the scores, and a naive twin, that ours are exact by.
 */

const words = (text: string): string[] => text.split(' ');
const numbers = (text: string): number[] => words(text).map(Number);
const estimates = (model: Glm): number[] => model.coefficients.map(({ estimate }) => estimate);
const errors = (model: Glm): number[] => model.coefficients.map(({ standardError }) => standardError!);

/** Largest distance, in units of the standard error where one is given, otherwise relative. */
function distance(found: readonly number[], expected: readonly number[], unit: readonly number[] = expected): number {
  expect(found).toHaveLength(expected.length);
  return Math.max(...found.map((value, j) => Math.abs((value - expected[j]!) / unit[j]!)));
}

const bank = (): Record<string, string>[] => readCsv('data/scoring/bank.csv', ';');
const german = (): Record<string, string>[] => readCsv('data/scoring/germancredit.csv');
const hillstrom = (): Record<string, string>[] => readCsv('data/scoring/hillstrom.csv');
const BANK = words('age balance marital housing loan contact');
const GERMAN = words('duration_in_month age_in_years housing job telephone');
const HILLSTROM = words('recency history mens womens newbie channel segment');

/** The order of statsmodels: categories first. */
const bankOrder = (values: readonly number[]): number[] => [0, 7, 8, 1, 2, 3, 4, 5, 6].map((j) => values[j]!);
const germanOrder = (values: readonly number[]): number[] => [0, 7, 8, 1, 2, 3, 4, 5, 6].map((j) => values[j]!);
const hillstromOrder = (values: readonly number[]): number[] => [0, 5, 6, 7, 8, 9, 1, 2, 3, 4].map((j) => values[j]!);

describeWithShared('fitGlm against R and statsmodels: counts', ['data/scoring/bank.csv'], () => {
  const data = bank();

  it('Poisson: coefficients, standard errors, likelihood, deviances and criteria of R', () => {
    const model = fitGlm(data, { target: 'campaign', family: 'poisson', features: BANK });
    expect(model.coefficients.map(({ name }) => name)).toEqual(words('(Intercept) age balance marital=married marital=single housing=yes loan=yes contact=telephone contact=unknown'));
    const expected = numbers('1.0125752688045759 -0.0014832156818121195 -3.6871340344342452e-06 0.087511996937670478 0.04490195970323542 -0.017725108968928014 0.0492299803068285 0.12871640635745688 0.026526359560022677');
    const se = numbers('0.054638232450279739 0.00096994671699258159 3.0900066532811378e-06 0.02929878823005785 0.034139837083527351 0.01887970370604844 0.024399328200670083 0.035224936667367861 0.020319294681880859');
    expect(distance(estimates(model), expected)).toBeLessThan(1e-9);
    expect(distance(errors(model), se)).toBeLessThan(1e-9);
    const { logLikelihood, deviance, nullDeviance, pearson, aic, bic } = model;
    expect(distance([logLikelihood!, deviance, nullDeviance, pearson, aic!, bic!], numbers('-10615.041846147757 9243.8814365514791 9275.0921308244942 15536.665821804847 21248.083692295513 21305.832088681163'))).toBeLessThan(1e-12);
    expect(model.convergence.converged).toBe(true);
    expect(model.overdispersionTest!.p).toBeLessThan(1e-100);
  });

  it('Poisson: quasi, robust and clustered standard errors of statsmodels', () => {
    const options = { target: 'campaign', family: 'poisson', features: BANK } as const;
    const hc0 = bankOrder(numbers('0.10159798246721342 0.050638810957401241 0.06095114764927808 0.033541001060848015 0.048863434531957496 0.064509607149422887 0.039058511294348168 0.0017283207524325056 5.5283502313815831e-06'));
    const cluster = bankOrder(numbers('0.10022446983228249 0.050057010625474394 0.060127754335319097 0.033337947304008422 0.047533004680876532 0.063895341320494028 0.038968755185718115 0.0017277935585832327 5.3723327005350028e-06'));
    const quasi = bankOrder(numbers('0.10138903936876245 0.054368083667736294 0.063351340826306432 0.035033985114085418 0.045276436234686038 0.065364897991150639 0.037705351656867309 0.0017998745835023234 5.733948412484021e-06'));
    expect(distance(errors(fitGlm(data, { ...options, standardErrors: 'robust' })), hc0)).toBeLessThan(1e-9);
    expect(distance(errors(fitGlm(data, { ...options, standardErrors: { cluster: data.map((_, i) => Math.floor(i / 5)) } })), cluster)).toBeLessThan(1e-9);
    expect(distance(errors(fitGlm(data, { ...options, standardErrors: 'quasi' })), quasi)).toBeLessThan(1e-9);
  });

  it('Poisson with an offset, which an exposure is the logarithm of', () => {
    const features = BANK.slice(1);
    const expected = numbers('-2.9119067637491236 -1.0056628221960237e-05 0.13869687881488374 0.3556391323154891 0.084400186496949484 0.065256609214999275 -0.016999188763490266 0.02196624247856677');
    const exposed = fitGlm(data, { target: 'campaign', family: 'poisson', features, exposure: 'age' });
    const shifted = fitGlm(data, { target: 'campaign', family: 'poisson', features, offset: data.map(({ age }) => Math.log(Number(age))) });
    expect(distance(estimates(exposed), expected)).toBeLessThan(1e-9);
    expect(estimates(shifted)).toEqual(estimates(exposed));
    expect(distance([exposed.logLikelihood!, exposed.deviance, exposed.nullDeviance], numbers('-10938.338051687448 9890.473847630863 10089.429257901387'))).toBeLessThan(1e-12);
  });

  it.each([
    {
      target: 'campaign',
      features: BANK,
      coefficients: '1.014733668296542 -0.0015192178732584725 -3.741517202944587e-06 0.087392204687892217 0.044383798231291294 -0.019569843488712355 0.048929795661399156 0.12850024282623268 0.028955397760440049',
      errors: '0.077050549113888117 0.0013726974480686338 4.3027595565513125e-06 0.04090304403823361 0.047760241086939451 0.026725564786956688 0.03485334455113713 0.051051024337424415 0.028764998195312051',
      alpha: [0.35909874341015796, 0.013266887746558587],
      theta: 2.7847493714502134,
      fit: '-9408.7117049989502 3954.3456627523083 3969.932078217063 18837.423409997897',
    },
    {
      target: 'previous',
      features: BANK.slice(0, 5),
      coefficients: '-1.2814815471994865 0.0058210224156978047 2.7411210073767374e-05 0.18841742857031957 0.44582994838795215 0.29414256604932687 -0.21130665792861028',
      errors: '0.29273255919269042 0.0051525615007580071 1.5528392997589625e-05 0.15646610771440683 0.18123368472474527 0.10001021151536979 0.13609326982728925',
      alpha: [8.4972364871948951, 0.43069071959717176],
      theta: 0.1176853205720389,
      fit: '-3690.0931582870153 2015.6649482146049 2035.4899449723357 7396.1863165740306',
    },
  ])('negative binomial of $target: coefficients and errors of MASS::glm.nb, alpha and its error of statsmodels', ({ target, features, coefficients, errors: se, alpha, theta, fit }) => {
    const model = fitGlm(data, { target, family: 'negative-binomial', features });
    // glm.nb alternates until theta changes by less than 1e-7 or so, and takes its weights of the step before.
    expect(distance(estimates(model), numbers(coefficients), numbers(se))).toBeLessThan(1e-7);
    expect(distance(errors(model), numbers(se))).toBeLessThan(1e-6);
    expect(distance([model.overdispersion!.estimate], [alpha[0]!])).toBeLessThan(1e-9);
    expect(distance([model.overdispersion!.standardError!], [alpha[1]!])).toBeLessThan(1e-8);
    expect(distance([model.theta!.estimate], [theta])).toBeLessThan(1e-7);
    expect(distance([model.logLikelihood!, model.deviance, model.nullDeviance, model.aic!], numbers(fit))).toBeLessThan(1e-7);
    expect(distance([model.logLikelihood!], numbers(fit).slice(0, 1))).toBeLessThan(1e-13);
    expect(model.convergence.converged).toBe(true);
  });

  it('negative binomial of a given overdispersion: coefficients, errors, HC0 and likelihood of statsmodels', () => {
    const options = { target: 'campaign', family: 'negative-binomial', features: BANK, overdispersion: 0.5 } as const;
    const expected = bankOrder(numbers('1.0151066836320497 0.087370412831007965 0.044281826584089787 -0.019869581253847194 0.048896379793438541 0.12847663493586572 0.029358740474518193 -0.0015255238955673284 -3.7526124262395916e-06'));
    const se = bankOrder(numbers('0.084226943625906894 0.044638340796500392 0.052139885227931483 0.02923284472530684 0.038178768641986355 0.056048258585741327 0.031465521925176113 0.0015013803439159188 4.6927488598344556e-06'));
    const hc0 = bankOrder(numbers('0.099909871403351239 0.050027739572940363 0.059456477195412812 0.033877139786955814 0.048732523997577416 0.064282894301830817 0.038964827649087583 0.0017385071831209104 5.4793199607720491e-06'));
    const model = fitGlm(data, options);
    expect(distance(estimates(model), expected, se)).toBeLessThan(1e-8);
    expect(distance(errors(model), se)).toBeLessThan(1e-8);
    expect(distance([model.logLikelihood!, model.deviance, model.pearson], numbers('-9452.446736284639 3277.0067497536124 6467.9274491490805'))).toBeLessThan(1e-10);
    expect(distance(errors(fitGlm(data, { ...options, standardErrors: 'robust' })), hc0)).toBeLessThan(1e-8);
  });
});

describeWithShared('fitGlm against R and statsmodels: amounts', ['data/scoring/germancredit.csv'], () => {
  const data = german();
  const options = { target: 'credit_amount', family: 'gamma', features: GERMAN } as const;
  const se = numbers('0.13083838937450473 0.0017491804739134819 0.0019023186316048158 0.069357185898476392 0.083481559045998147 0.06266289897603948 0.14825946633078224 0.077402095280377586 0.045860055332268432');

  it('gamma: coefficients, errors, deviances and dispersion of R, likelihood at the shape of MASS::gamma.shape', () => {
    const model = fitGlm(data, options);
    const expected = numbers('7.5080211319876442 0.035480863813399703 0.00079898225261961658 -0.11143351443555549 -0.016278972380571501 -0.37073289088114891 -0.19134372071872549 -0.41133167223499956 0.19231130854036671');
    // R ends some 2e-8 of a standard error away, statsmodels 1e-6.
    expect(distance(estimates(model), expected, se)).toBeLessThan(1e-6);
    expect(distance(errors(model), se)).toBeLessThan(1e-9);
    expect(distance([model.deviance, model.nullDeviance, model.dispersion!], numbers('329.35425190277573 608.4773093332775 0.4044755807849903'))).toBeLessThan(1e-9);
    expect(distance([model.logLikelihood!], [-8678.9790463009977])).toBeLessThan(1e-12);
  });

  it('gamma: HC0 and frequency weights of statsmodels', () => {
    const hc0 = germanOrder(numbers('0.1319862011371237 0.069157761111919805 0.081792971760060437 0.065770487442183168 0.31565870342755314 0.08194845933719401 0.046156618985373814 0.0016669703640833024 0.0022153696248971067'));
    expect(distance(errors(fitGlm(data, { ...options, standardErrors: 'robust' })), hc0)).toBeLessThan(1e-6);
    const weighted = fitGlm(data, { ...options, weights: data.map((_, i) => 1 + (i % 3)) });
    const expected = germanOrder(numbers('7.4169844917232801 -0.083430833998906662 -0.018739407241706002 -0.33304432784433313 -0.041520108165142067 -0.41691158494792779 0.21212344183340937 0.034506716290582912 0.0026816629413083173'));
    const errorsOfPeer = germanOrder(numbers('0.092285487951595205 0.049166123645120831 0.05875648938107593 0.044742904930681775 0.10619512950935231 0.054743998856296661 0.031997398941463112 0.0012319801924896556 0.0013476885627351615'));
    expect(distance(estimates(weighted), expected, errorsOfPeer)).toBeLessThan(1e-6);
    expect(distance(errors(weighted), errorsOfPeer)).toBeLessThan(1e-8);
    expect(distance([weighted.deviance, weighted.dispersion!], numbers('654.69597951720971 0.3986630671168252'))).toBeLessThan(1e-8);
  });

  it('Gaussian: coefficients, errors, deviances, dispersion, likelihood and criteria of R', () => {
    const model = fitGlm(data, { ...options, family: 'gaussian' });
    expect(distance(estimates(model), numbers('1833.9969372164351 134.41552158878153 1.3041125865740908 -519.93051489957088 -259.82482837282436 -1502.5636488146088 -1278.7119195841196 -1392.54148913737 622.99898322905926'))).toBeLessThan(1e-9);
    expect(distance(errors(model), numbers('429.50319819525504 5.7420349742774119 6.24474162489118 227.67884337028676 274.04492497955709 205.7035067999667 486.69136983583991 254.08786846786171 150.54480973654384'))).toBeLessThan(1e-10);
    const { deviance, nullDeviance, dispersion, logLikelihood, aic, bic } = model;
    expect(distance([deviance, nullDeviance, dispersion!, logLikelihood!, aic!, bic!], numbers('4319449364.3444538 7959875627.4359999 4358677.4614979355 -9058.2577782741864 18136.515556548373 18185.593109338195'))).toBeLessThan(1e-12);
  });
});

describeWithShared('fitGlm against R and statsmodels: amounts with many zeros', ['data/scoring/hillstrom.csv'], () => {
  const data = hillstrom();
  const options = { target: 'spend', family: 'tweedie', features: HILLSTROM } as const;
  const se = numbers('0.31238744096300597 0.017494058494191139 0.00024464050281141313 0.1967942847255861 0.19568573771079306 0.12314302764979036 0.19653134396628938 0.19393691254832723 0.14836236160557434 0.13659294377749798');

  it('Tweedie of power 1.5: coefficients, errors, deviances, dispersion and HC0', () => {
    const model = fitGlm(data, options);
    const expected = numbers('0.073064310576524308 -0.051453660132203219 0.0007932813129822051 0.49572482951150959 0.38436553347052327 -0.47134095190413172 -0.055629263552067133 0.16035128962056636 -0.81968918836607396 -0.24139527481023404');
    // R and statsmodels end 1e-6 of a standard error from each other.
    expect(distance(estimates(model), expected, se)).toBeLessThan(2e-6);
    expect(distance(errors(model), se)).toBeLessThan(1e-7);
    expect(distance([model.deviance, model.nullDeviance, model.dispersion!], numbers('461640.35958776885 479295.68528979417 218.09021082149033'))).toBeLessThan(1e-7);
    const hc0 = hillstromOrder(numbers('0.2774479632868545 0.17282639978478098 0.16966500154898159 0.14798761774957872 0.12925901900900402 0.01748003872107207 0.000236152908237532 0.18259422073269602 0.18760380429820472 0.12068377659529746'));
    expect(distance(errors(fitGlm(data, { ...options, standardErrors: 'robust' })), hc0)).toBeLessThan(1e-6);
  });

  it.each([
    { tweediePower: 1.5, figures: [[50, -8740.8039717057545], [100, -7045.0190558390377], [200, -6588.258407731857]] },
    { tweediePower: 1.2, figures: [[50, -8585.9817241298351], [100, -6895.4097666104408], [200, -6911.2005939940145]] },
  ])('Tweedie of power $tweediePower: the densities of mgcv', ({ tweediePower, figures }) => {
    const model = fitGlm(data, { ...options, tweediePower });
    const y = Float64Array.from(data, ({ spend }) => Number(spend));
    const eta = model.predictLinear(data);
    const rows = tweedieRows({ columns: [], y, weights: null, offset: eta, ridge: 0, rowLoss: () => undefined }, new Float64Array(1), tweediePower);
    for (const [dispersion, logLikelihood] of figures) expect(new TweedieDensity(tweediePower).logLikelihood(rows, dispersion!).value).toBeCloseTo(logLikelihood!, 5);
    const best = tweedieLikelihood(rows, tweediePower, 100);
    expect(best.logLikelihood).toBeCloseTo(model.logLikelihood!, 8);
    expect(best.logLikelihood).toBeGreaterThan(Math.max(...figures.map(([, value]) => value!)));
  });

  it('estimates the power, and has the likelihood, that R finds by optimize over statmod fits and mgcv densities', () => {
    const model = fitGlm(data, { ...options, tweediePower: 'estimate' });
    // R to the tolerance it was given, 1e-6.
    expect(Math.abs(model.tweediePower!.estimate - 1.38287978843)).toBeLessThan(1e-6);
    expect(distance([model.logLikelihood!, fitGlm(data, options).logLikelihood!], [-6547.3324677891, -6583.7088088259])).toBeLessThan(1e-11);
    // The curvature of the profile there.
    expect(model.tweediePower!.standardError).toBeCloseTo(0.0124083, 5);
  });
});
