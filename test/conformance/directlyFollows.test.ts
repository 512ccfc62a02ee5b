import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { EventLog } from '../../src/data/eventLog.js';
import { directlyFollows } from '../../src/paths/transitions/directlyFollows.js';
import { describeWithShared, readCsv, readGolden, sharedPath } from './shared.js';

/** pm4py 2.7, df_statistics: [from, to, n, seconds]. */
type Edge = readonly [string, string, number, Readonly<Record<'mean' | 'median' | 'max' | 'min' | 'sum' | 'stdev', number>>];
interface Golden {
  readonly dfg: Readonly<Record<string, { readonly cases: number; readonly events: number; readonly activities: number; readonly edges: number; readonly sum: number; readonly variants?: number; readonly topVariants?: readonly number[] }>>;
}

const names = ['running_example', 'receipt'];
const files = ['golden/paths/golden.json', ...names.flatMap((name) => [`data/paths/process/${name}.csv`, `data/paths/process/${name}_dfg.json`])];

describeWithShared('directlyFollows and pm4py on its example logs', files, () => {
  it.each(names)('gives all edges of %s, their counts exactly and their seconds to 1e-9', (name) => {
    const log = EventLog.fromRows(readCsv(`data/paths/process/${name}.csv`), { customer: 'case', time: 'timestamp', item: 'activity' });
    const found = directlyFollows(log);
    const golden = readGolden<Golden>('golden/paths/golden.json').dfg[name]!;
    expect([found.caseCount, log.eventCount, found.activities.length, found.edgeCount, found.transitionCount]).toEqual([golden.cases, golden.events, golden.activities, golden.edges, golden.sum]);
    if (golden.variants !== undefined) {
      expect(found.variantCount).toBe(golden.variants);
      expect(found.variants.slice(0, golden.topVariants!.length).map(({ count }) => count)).toEqual(golden.topVariants);
    }
    // Their not-a-number (the deviation of one gap) is not JSON.
    const edges = readDfg(`data/paths/process/${name}_dfg.json`);
    expect(edges.length).toBe(found.edges.length);
    for (const [from, to, n, seconds] of edges) {
      const edge = found.edges.find((candidate) => candidate.from === from && candidate.to === to)!;
      expect(edge.n).toBe(n);
      const { mean, median, max, min, standardDeviation } = edge.elapsedDays!;
      for (const [ours, theirs] of [[mean, seconds.mean], [median, seconds.median], [max, seconds.max], [min, seconds.min], [mean * n, seconds.sum]] as const) expect(Math.abs(ours * 86_400 - theirs)).toBeLessThanOrEqual(1e-9 * theirs);
      if (n === 1) expect(standardDeviation).toBeNull();
      else expect(Math.abs(standardDeviation! * 86_400 - seconds.stdev)).toBeLessThanOrEqual(1e-9 * seconds.stdev);
    }
  });
});

function readDfg(path: string): Edge[] {
  return JSON.parse(readFileSync(sharedPath(path), 'utf8').replaceAll('NaN', 'null')) as Edge[];
}
