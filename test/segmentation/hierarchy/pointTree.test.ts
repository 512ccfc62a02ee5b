import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PointTree } from '../../../src/segmentation/hierarchy/pointTree.js';
import { reachTree } from '../../../src/segmentation/hierarchy/reachTree.js';

const coordinates = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.double({ min: -3, max: 3, noNaN: true }));
const clouds = fc.integer({ min: 1, max: 4 }).chain((width) => fc.record({ width: fc.constant(width), points: fc.array(fc.array(coordinates, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 80 }), k: fc.integer({ min: 1, max: 9 }) }));
const square = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, k) => sum + (x - b[k]!) * (x - b[k]!), 0);
const coresOf = (points: readonly (readonly number[])[], k: number): Float64Array =>
  Float64Array.from(points, (a) => points.map((b) => square(a, b)).sort((x, y) => x - y)[Math.min(k, points.length) - 1]!);

describe('PointTree', () => {
  it('finds the k-th nearest as a scan does, to the last bit', () => {
    fc.assert(
      fc.property(clouds, ({ width, points, k }) => {
        const flat = Float64Array.from(points.flat());
        const tree = new PointTree(flat, width);
        expect(Float64Array.from(points, (_, row) => tree.kthSquare(flat, row * width, k))).toEqual(coresOf(points, k));
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('finds the nearest of another group within its limits as a scan does', () => {
    fc.assert(
      fc.property(clouds, fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 80, maxLength: 80 }), fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 3, maxLength: 3 }), ({ width, points, k }, labels, limits) => {
        const flat = Float64Array.from(points.flat());
        const tree = new PointTree(flat, width);
        const cores = coresOf(points, k);
        tree.setGroups(cores, Int32Array.from(points, (_, i) => labels[i]!));
        points.forEach((point, row) => {
          for (const own of [-1, 0]) {
            const keys = points.map((other, i): [number, number, number] => [Math.max(cores[row]!, cores[i]!, square(point, other)), square(point, other), labels[i]!]);
            const open = keys.filter(([reach, , label]) => label >= 0 && label !== own && reach < limits[label]!).sort((a, b) => a[0] - b[0] || a[1] - b[1])[0];
            tree.searchOther(flat, row * width, cores[row]!, own, [Float64Array.from(limits), new Float64Array(3)]);
            expect([tree.place >= 0, tree.reach, tree.square]).toEqual(open === undefined ? [false, Infinity, Infinity] : [true, open[0], open[1]]);
            if (open !== undefined) expect(square(point, points[tree.rows[tree.place]!]!)).toBe(open[1]);
          }
        });
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });
});

describe('reachTree', () => {
  it('is a spanning tree with the lengths that a matrix of all pairs gives', () => {
    fc.assert(
      fc.property(clouds, ({ width, points, k }) => {
        const flat = Float64Array.from(points.flat());
        const cores = coresOf(points, k);
        const found = reachTree(flat, width, new PointTree(flat, width), cores);
        // Prim on the matrix, by length and then distance.
        const key = (a: number, b: number): [number, number] => [Math.max(cores[a]!, cores[b]!, square(points[a]!, points[b]!)), square(points[a]!, points[b]!)];
        const best = points.map((): [number, number] => [Infinity, Infinity]);
        const open = new Set(points.keys());
        const expected: [number, number][] = [];
        for (let row = 0; open.delete(row) && open.size > 0; ) {
          for (const other of open) {
            const [reach, distance] = key(row, other);
            if (reach < best[other]![0] || (reach === best[other]![0] && distance < best[other]![1])) best[other] = [reach, distance];
          }
          row = [...open].reduce((a, b) => (best[b]![0] < best[a]![0] || (best[b]![0] === best[a]![0] && best[b]![1] < best[a]![1]) ? b : a));
          expected.push(best[row]!);
        }
        const order = (pairs: [number, number][]): string => JSON.stringify(pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
        expect(order(Array.from(found.reaches, (reach, i) => [reach, found.squares[i]!]))).toBe(order(expected));
        const above = Array.from(points.keys());
        const top = (row: number): number => (above[row] === row ? row : top(above[row]!));
        found.from.forEach((row, i) => (above[top(row)] = top(found.to[i]!)));
        expect(new Set(above.map((_, row) => top(row))).size).toBe(1);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});
