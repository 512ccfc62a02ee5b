import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/numeric/random.js';
import { idealTarget } from '../../src/scoring/campaign/idealTarget.js';
import { simulateCompany } from '../../examples/company/index.mjs';
import { churnCloseness } from '../../examples/quickstart/churnSection.mjs';
import { lifetimeCloseness } from '../../examples/quickstart/lifetimeSection.mjs';
import { companyDemo } from '../../examples/quickstart/companyDemo.mjs';
import { companyFindings } from '../../examples/quickstart/companyFindings.mjs';
import { runDemo } from '../../examples/quickstart/runDemo.mjs';
import { reason } from '../../examples/quickstart/targetSection.mjs';
import { closeness } from '../../examples/quickstart/truthSection.mjs';
import { pathsCloseness } from '../../examples/quickstart/pathsSection.mjs';
import { potentialCloseness } from '../../examples/quickstart/potentialSection.mjs';
import { propensityCloseness } from '../../examples/quickstart/propensitySection.mjs';
import { upliftCloseness } from '../../examples/quickstart/upliftSection.mjs';
import { inWords } from '../../examples/quickstart/words.mjs';

const folder = mkdtempSync(join(tmpdir(), 'clientela-demo-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
async function demo(argv: readonly string[], csv?: string): Promise<{ code: number; printed: string; flat: string; complained: string }> {
  const path = join(folder, `file${++files}.csv`);
  if (csv !== undefined) writeFileSync(path, csv);
  const printed: string[] = [];
  const complained: string[] = [];
  const code = await runDemo(csv === undefined ? argv : [path, ...argv], { print: (text) => printed.push(text), complain: (text) => complained.push(text) });
  // Paragraphs break where the width of the page says; flat has them in one line.
  return { code, printed: printed.join('\n'), flat: printed.join('\n').replace(/\s+/g, ' '), complained: complained.join('\n').replaceAll('\n', ' ') };
}

/** Customers who left more often when young and on the basic plan. */
function customersCsv(rows: number, blankTargets = 0): string {
  const random = createRandom(5);
  const lines = ['customer_id,age,plan,calls,length,churn'];
  for (let i = 0; i < rows + blankTargets; i++) {
    const age = 18 + random.integer(60);
    const plan = random.uniform() < 0.6 ? 'basic' : 'gold';
    const left = random.uniform() < 1 / (1 + Math.exp(1 + (age - 45) / 12 - (plan === 'basic' ? 1 : -1)));
    lines.push(`K-${i},${random.uniform() < 0.05 ? '' : age},${plan},${random.integer(5)},${left ? 50 + i % 9 : i % 53},${i < rows ? (left ? 'yes' : 'no') : ''}`);
  }
  return lines.join('\n');
}

/** Orders of customers who buy at their own rates, some of whom stop. */
function ordersCsv(customers: number): string {
  const random = createRandom(6);
  const lines = ['client;date;article;total'];
  for (let c = 0; c < customers; c++) {
    const rate = 0.005 + 0.05 * random.uniform() ** 2;
    const stops = random.uniform() < 0.4 ? 400 * random.uniform() : 400;
    for (let day = 60 * random.uniform(); day < stops; day += -Math.log(1 - random.uniform()) / rate) {
      lines.push(`${1000 + c};${new Date(Date.UTC(2025, 0, 1) + day * 86_400_000).toISOString().slice(0, 10)};${'abc'[random.integer(3)]};${(5 + 40 * random.uniform()).toFixed(2)}`);
    }
  }
  return lines.join('\r\n');
}

describe('the demo on the simulated company', () => {
  const company = simulateCompany({ customers: 2500 });
  const terms = { contactCost: company.campaign.contactCost, benefit: company.campaign.benefit };
  const findings = companyFindings(company, terms);
  const { answers: { members, probability }, moved: found, signing, paths, potential, churn, lifetime } = findings;

  it('tells segments, score, profiles, target and truth, in this order', () => {
    const text = companyDemo(company, terms, findings).join('\n');
    const headings = [...text.matchAll(/^(.+)\n=+$/gm)].map((match) => match[1]);
    expect(headings).toEqual([
      'The portfolio: segments by recency, frequency and money (RFM)',
      'What to do with each segment',
      'What kinds of household are there?',
      'The score: how likely is "buys the season box within 28 days of a letter"?',
      'Profiles: what marks the tenth with the highest and the tenth with the lowest scores',
      'Whom to contact in the next campaign',
      'Whom does a letter move? (uplift, from the members left in peace by lot)',
      'What will each member sign next? (propensity matrix, 90 days)',
      'Which paths do customers take? (contacts, contracts and departures)',
      'What could each member bring? (internal market potential, half a year)',
      'Who will leave, and whom to keep? (churn, 90 days)',
      'What are members worth, and who is still one? (a year ahead)',
      'How close did it come? (the company is simulated, so the truth is known)',
    ]);
    expect(text).toMatch(/champions +\d+ +\d/);
    expect(text).toMatch(/champions .* act\n/);
    expect(text).toMatch(/hibernating .* leave\n/);
    expect(text).toMatch(/A new member of 71 who\slives\salone, of whom/);
    expect(text).toMatch(/A contact pays from a probability of 8\.3 % upwards: 2\.50 \/\s30\.00/);
    expect(text).toMatch(/Contact \d[\d,]* of 2,\d+ customers/);
    expect(text).toMatch(/purchases in 180 days: \d+ \(\+\d/);
    expect(text).toMatch(/<- the ideal target/);
    expect(text).not.toMatch(/NaN|undefined|null|Infinity|itemDaysSince/);
  });

  it('comes close to the truth', () => {
    const target = idealTarget(probability, terms);
    const near = closeness(company, { members, probability, target, terms });
    // The truth itself is perfect; nothing ranks or earns better.
    expect(near.bestAuc).toBeGreaterThan(near.auc);
    expect(near.bestProfit).toBeGreaterThan(near.profit);
    expect(near.bestAuc - near.auc).toBeLessThan(0.05);
    expect(near.correlation).toBeGreaterThan(0.85);
    expect(near.meanError).toBeLessThan(0.06);
    expect(Math.abs(near.meanProbability - near.meanTruth)).toBeLessThan(0.03);
    expect(near.profit / near.bestProfit).toBeGreaterThan(0.9);
    expect(near.profit).toBeGreaterThan(near.everybodyProfit);
    expect(near.aloneShare).toBeGreaterThan(0.2);
    expect(near.aloneShare).toBeLessThan(0.7);

    // And the uplift finds whom a letter moves: more than the score of answers, which cannot tell them from those who buy anyway.
    expect(found.gate.verdict).toBe('target');
    const moved = upliftCloseness(company, { members, probability, found, terms });
    expect(moved.correlation).toBeGreaterThan(0.5);
    expect(moved.profit).toBeGreaterThan(moved.everybody);
    expect(moved.profit).toBeLessThan(moved.best);
    expect(moved.profit / moved.best).toBeGreaterThan(0.5);
  });

  it('foretells who signs which contract', () => {
    const near = propensityCloseness(company, signing);
    expect(near.expected / near.truth).toBeGreaterThan(0.85);
    expect(near.expected / near.truth).toBeLessThan(1.15);
    // Where nothing known of a member foretells better than the rate, the rate is told.
    const learnt = signing.matrix.report.certificates.filter(({ method }) => method !== 'popularity');
    expect(learnt.length).toBeGreaterThan(4);
    for (const { product } of learnt) expect(near.correlation[product], product).toBeGreaterThan(0.6);
    expect(signing.matrix.report.certificates.every(({ status }) => status === 'certified')).toBe(true);
    expect(signing.plan.gap).toBeLessThan(1e-3);
    // Energy opens the door to insurance, four times as wide.
    const [first] = signing.matrix.explain({ profile: { age: 40 }, held: ['energy', 'mobile'] }, 'insurance');
    expect(first!.reason).toBe('holds energy');
    expect(first!.factor).toBeGreaterThan(2.5);
  });

  it('finds what members spend here and elsewhere', () => {
    const { truth, lower, upper, correlation, covered } = potentialCloseness(company, potential);
    expect(lower).toBeLessThan(truth);
    expect(upper).toBeGreaterThan(truth);
    expect(upper - lower).toBeLessThan(0.25 * truth);
    expect(correlation).toBeGreaterThan(0.65);
    expect(Math.abs(covered - 0.9)).toBeLessThan(0.05);
  });

  it('finds what contracts need, what speeds them up, and what precedes leaving', () => {
    const { factors, requirements, complaint } = pathsCloseness(company, paths);
    expect(requirements.found).toEqual(requirements.truth);
    const insurance = factors.find(({ from, to }) => from === 'energy' && to === 'insurance')!;
    expect(insurance.lower).toBeLessThan(insurance.truth);
    expect(insurance.upper).toBeGreaterThan(insurance.truth);
    expect(insurance.lower).toBeGreaterThan(2);
    // Seven true factors with intervals of 95 %; age and plan move some of them together.
    expect(factors.filter(({ truth, lower, upper }) => lower <= truth && truth <= upper).length).toBeGreaterThanOrEqual(factors.length - 2);
    expect(complaint.lower).toBeGreaterThan(2);
    expect(complaint.lower).toBeLessThan(complaint.truth);
    expect(complaint.upper).toBeGreaterThan(complaint.truth);
  });

  it('finds what makes members leave, and how many will', () => {
    const { effects, expected, truth, correlation, scoreCorrelation } = churnCloseness(company, churn);
    // Five true laws with intervals of 95 %.
    expect(effects.filter(({ truth: law, lower, upper }) => lower <= law && law <= upper).length).toBeGreaterThanOrEqual(4);
    expect(effects[0]).toMatchObject({ name: 'complaint' });
    expect(effects[0]!.lower).toBeGreaterThan(3);
    expect(expected / truth).toBeGreaterThan(0.75);
    expect(expected / truth).toBeLessThan(1.3);
    expect(correlation).toBeGreaterThan(0.8);
    expect(scoreCorrelation).toBeGreaterThan(0.5);
    expect(churn.target.expectedProfit.estimate).toBeGreaterThan(churn.target.rivals[0]!.expectedProfit);
  });

  it('finds how members buy, who still does, and what that is worth', () => {
    const { parameters, alive, trulyAlive, purchases, truePurchases, margin, trueMargin, correlation } = lifetimeCloseness(company, lifetime);
    expect(parameters.map(({ name }) => name)).toEqual(['r', 'alpha', 'a', 'b', 'p', 'q', 'v']);
    // Seven true parameters with intervals of 95 %.
    expect(parameters.filter(({ truth, lower, upper }) => lower <= truth && truth <= upper).length).toBeGreaterThanOrEqual(6);
    for (const [found, truth] of [[alive, trulyAlive], [purchases, truePurchases], [margin, trueMargin]] as const) expect(Math.abs(found / truth - 1)).toBeLessThan(0.06);
    expect(correlation).toBeGreaterThan(0.85);
    expect(lifetime.model.report?.chosen).toBe('bgNbd');
    expect(Math.abs(lifetime.backtest.purchases.total.relativeBias)).toBeLessThan(0.15);
    expect(lifetime.backtest.purchases.errors.gini).toBeGreaterThan(0.8);
  });

  it('judges the truth itself as perfect', () => {
    const members = company.truth.customers.filter((truth) => truth.nextCampaign !== null);
    const probability = Float64Array.from(members, (truth) => truth.nextCampaign!.contacted);
    const terms = { contactCost: 2.5, benefit: 30, budget: 200 };
    const near = closeness(company, { members: members.map((truth) => truth.customerId), probability, target: idealTarget(probability, terms), terms });
    expect(near).toMatchObject({ meanError: 0, auc: near.bestAuc });
    expect(near.correlation).toBeCloseTo(1, 12);
    expect(near.profit).toBeCloseTo(near.bestProfit, 8);
  });

  it('runs from the command line, with the terms named there', async () => {
    const { code, flat } = await demo(['--customers', '900', '--seed', '3', '--contact-cost', '5', '--benefit', '20', '--budget', '100']);
    expect(code).toBe(0);
    expect(flat).toMatch(/with a budget of 100\.00\. A contact pays from a probability of 25\.0 %/);
    expect(flat).toMatch(/Contact 20 of .*The budget ends here; more contacts would still pay/);
  });

  it('says when the last one chosen is worth no more than others left out', async () => {
    const { flat } = await demo(['--features', 'plan', '--budget', '100'], customersCsv(600));
    expect(flat).toMatch(/Contact 100 of 600 customers.*\d+ more are worth exactly as much as the last one chosen/);
  });

  it('recommends nobody when no contact can pay', async () => {
    const { code, flat } = await demo(['--contact-cost', '50', '--benefit', '20'], customersCsv(600));
    expect(code).toBe(0);
    expect(flat).toContain('Contact nobody: beyond them a contact costs more than it brings.');
  });
});

describe('the demo on a file with one row per customer', () => {
  it('says what it guessed, and gives score, gains, profiles and target', async () => {
    const { code, printed, flat } = await demo(['--contact-cost', '2', '--benefit', '10'], customersCsv(600));
    expect(code).toBe(0);
    expect(flat).toMatch(/600 rows, 6 columns, cells separated by ","; taken as one row per customer/);
    for (const note of ['target: churn (guessed)', 'positive: churn = yes (guessed)', 'customer: customer_id (guessed)']) expect(printed).toContain(note);
    expect(flat).toMatch(/Groups of customers =+ How they were found: .*churn = yes/);
    expect(printed).toMatch(/Learnt from 600 customers/);
    expect(printed).toMatch(/plan = basic +\d+ %/);
    expect(flat).toMatch(/A contact costs 2\.00 and an answer earns 10\.00\. A contact pays/);
    expect(printed).toMatch(/K-\d+ +\d+\.\d %/);
    expect(flat).toMatch(/Mind: ranking by one column alone goes far: length \(AUC 0\.9/);
    expect(printed).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('leaves out what it is told to, scores the rows without a target, and says whose terms it took', async () => {
    const { printed, flat } = await demo(['--exclude', 'length'], customersCsv(600, 40));
    expect(printed).toContain('left out length: as asked');
    expect(flat).not.toContain('Mind: ranking by one column alone');
    expect(flat).toMatch(/Contact \d+ of 40 customers/);
    expect(flat).toMatch(/\(assumed: say yours/);
    expect(flat).toMatch(/Scored are the 40 rows without a value of churn/);
  });

  it('uses the features named and no others', async () => {
    const { printed } = await demo(['--features', 'plan,churn'], customersCsv(600));
    expect(printed).toMatch(/plan: basic \(\+/);
    expect(printed).not.toMatch(/\b(age|length|calls)\b/);
  });
});

describe('the demo on a file of transactions', () => {
  it('gives segments, a score of who buys next, and the target', async () => {
    const { code, printed, flat } = await demo([], ordersCsv(400));
    expect(code).toBe(0);
    expect(flat).toMatch(/cells separated by ";"; taken as transactions/);
    for (const note of ['customer: client (guessed)', 'time: date (guessed)', 'amount: total (guessed)', 'item: article (guessed)']) expect(printed).toContain(note);
    expect(flat).toMatch(/transactions of 385 customers, from 2025-01-0\d to 2026-0\d-\d\d; looked at as of 2026-0\d-\d\d/);
    expect(printed).toMatch(/champions +\d+/);
    expect(printed).toMatch(/how likely is "buys within 30 days"/);
    expect(flat).toMatch(/The figures come from the latest of them, from 2025-1\d-\d\d on/);
    expect(flat).toMatch(/Mind: this is who will buy, not who will buy because of a contact/);
    expect(printed).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('sees nothing from the day it is told to look from', async () => {
    const { printed } = await demo(['--as-of', '2025-10-01', '--horizon', '14'], ordersCsv(400));
    expect(printed).toMatch(/looked at as of 2025-10-01/);
    expect(printed).toMatch(/buys within 14 days/);
    const all = ordersCsv(400).split('\r\n');
    const before = all.filter((line, i) => i === 0 || line.split(';')[1]! < '2025-10-01');
    const { printed: cut } = await demo(['--as-of', '2025-10-01', '--horizon', '14'], before.join('\r\n'));
    const after = (text: string): string => text.slice(text.indexOf('The portfolio'));
    expect(after(cut)).toBe(after(printed));
  });

  it('says why when the history is too short for a score, and still gives the segments', async () => {
    const { code, printed, flat } = await demo(['--horizon', '300'], ordersCsv(60));
    expect(code).toBe(0);
    expect(printed).toMatch(/The portfolio/);
    expect(flat).toMatch(/Not from this file: a history of \d+ days is too short to learn what happens in 300/);
  });

  it('leaves out rows it cannot read, and says so', async () => {
    const { flat } = await demo([], `${ordersCsv(200)}\r\n77;2025-13-45;a;5\r\n;2025-05-05;a;5\r\n1000;2025-05-05;a;-4.5`);
    expect(flat).toMatch(/2 rows without a readable customer, date or amount were left out/);
    expect(flat).toMatch(/1 negative amounts count as returns/);
  });
});

describe('the demo teaches instead of failing', () => {
  it('explains itself', async () => {
    const { code, printed } = await demo(['--help']);
    expect(code).toBe(0);
    for (const flag of ['--target', '--positive', '--customer', '--time', '--amount', '--item', '--features', '--as-of', '--contact-cost', '--benefit', '--budget', '--delimiter', '--exclude']) {
      expect(printed).toContain(flag);
    }
  });

  it.each([
    ['a file that is not there', ['no-such.csv'], undefined, /Cannot read no-such\.csv: there is no such file/],
    ['an empty file', [], '', /is empty/],
    ['a column that is not there', ['--target', 'Churn'], customersCsv(30), /does not have; did you mean "churn"/],
    ['an unknown flag', ['--segments'], undefined, /Unknown option '--segments'/],
    ['too few customers of one kind', [], 'x,churn\n1,yes\n2,no\n3,no', /fitTargetScore needs at least 10 rows of each class/],
    ['no readable date', ['--time', 'plan', '--customer', 'customer_id'], customersCsv(30), /No row of .* has a customer in "customer_id", a date in "plan"/],
    ['a day that is none', ['--as-of', 'yesterday'], ordersCsv(20), /--as-of needs a day such as 2026-06-30, found "yesterday"/],
    ['a day before everything', ['--as-of', '2020-01-01'], ordersCsv(20), /There is no transaction before 2020-01-01/],
  ])('on %s', async (_, argv, csv, message) => {
    const { code, printed, complained } = await demo(argv, csv);
    expect(code).toBe(1);
    expect(complained).toMatch(message);
    expect(complained).not.toMatch(/\bat .*:\d+:\d+/);
    expect(printed).not.toMatch(/The score/);
  });
});

describe('words', () => {
  it('names what the library named, and leaves the names of others', () => {
    expect(['recencyDays', 'count30d', 'amountChange90d', 'itemCount=card', 'itemDaysSince=card', 'balance'].map(inWords)).toEqual([
      'days since the last purchase', 'purchases in 30 days', 'money in 90 days against the 90 before', 'card: how often', 'days since card', 'balance',
    ]);
  });

  it('writes a reason with its value and its size', () => {
    const given = { feature: 'age', direction: 'lowers', contribution: -0.256 };
    expect(reason({ ...given, value: 41.23456 })).toBe('age: 41.23 (-0.26)');
    expect([null, undefined, NaN].map((value) => reason({ ...given, value, contribution: 0.1 }))).toEqual(Array(3).fill('age: not known (+0.10)'));
  });
});
