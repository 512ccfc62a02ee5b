import { linkageTree, type Linkage, type LinkageTree } from '../../numeric/hierarchy/linkageTree.js';
import { PointTree } from './pointTree.js';
import { reachTree } from './reachTree.js';
import { triangleChain } from './triangleChain.js';
import { wardChain } from './wardChain.js';

/** The tree of points (row-major, nothing missing); a weight counts as the point so many times. */
export function linkagePoints(points: Float64Array, width: number, linkage: Linkage, weights: Float64Array | null): LinkageTree {
  if (linkage === 'ward') return wardChain(points, width, weights);
  if (linkage !== 'single') return triangleChain(points, width, linkage === 'average', weights);
  const { from, to, squares } = reachTree(points, width, new PointTree(points, width), new Float64Array(points.length / width));
  return linkageTree(from, to, squares.map(Math.sqrt), weights);
}
