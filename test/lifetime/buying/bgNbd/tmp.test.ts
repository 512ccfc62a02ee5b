import { it } from 'vitest';
import { betaGeometricLikelihood } from '/work/main/src/lifetime/buying/bgNbd/betaGeometricLikelihood.js';
import { nbdLikelihood } from '/work/main/src/lifetime/buying/nbd/nbdLikelihood.js';
import { groupTuples } from '/work/main/src/lifetime/buying/fitting/groupTuples.js';
import { distinctValues } from '/work/main/src/lifetime/buying/fitting/distinctValues.js';
import { createRandom } from '/work/main/src/numeric/random.js';
function sim(n: number, grid: number) {
  const g = createRandom(5);
  const frequency = new Float64Array(n), recency = new Float64Array(n), tenure = new Float64Array(n);
  const ex = () => -Math.log(1-g.uniform());
  for (let i=0;i<n;i++) { const lam = ex()*.06, p = 1-(1-g.uniform())**(1/3); const T = (27 + 12*g.uniform()); const Tg = grid ? Math.ceil(T*grid)/grid : T;
    let t=0,last=0,x=0; for(;;){ t+=ex()/lam; if (t>T) break; last=t; x++; if (g.uniform()<p) break; }
    frequency[i]=x; recency[i]= x===0?0: Math.min(Tg, grid ? Math.max(1/grid, Math.round(last*grid)/grid) : last); tenure[i]=Tg; }
  return { unit:'week' as const, count: n, frequency, recency, tenure };
}
const cpu = (f: () => void, k: number) => { f(); f(); const s = process.cpuUsage(); for (let i=0;i<k;i++) f(); const c = process.cpuUsage(s); return (c.user+c.system)/1000/k; };
it('ev', () => {
  for (const [n, grid] of [[100000,7],[1000000,0]] as const) {
    const { tuples } = groupTuples(sim(n, grid), {weights:null,gaps:null,codes:null});
    const l = betaGeometricLikelihood(0); const g = new Float64Array(4); const th = Float64Array.of(.9,15,1.1,3);
    console.log('ev', n, tuples.count, 'bg ns/tuple', cpu(() => l.evaluate(th, tuples, null, g), 20)/tuples.count*1e6, 'nbd', cpu(() => nbdLikelihood.evaluate(th, tuples, null, g), 20)/tuples.count*1e6, 'distinct ms', cpu(() => distinctValues(tuples.last), 5));
  }
});
