/** The leaves in an order in which those of a node stand together, the lower (tighter) side first; and where those of each node stand. */
export function leafRuns(merges: Int32Array): { order: Int32Array; start: Int32Array; end: Int32Array } {
  const leaves = merges.length / 2 + 1;
  const count = new Int32Array(2 * leaves - 1).fill(1);
  for (let node = leaves; node < count.length; node++) count[node] = count[merges[2 * (node - leaves)]!]! + count[merges[2 * (node - leaves) + 1]!]!;
  const start = new Int32Array(count.length);
  for (let node = count.length - 1; node >= leaves; node--) {
    const at = 2 * (node - leaves);
    start[merges[at]!] = start[node]!;
    start[merges[at + 1]!] = start[node]! + count[merges[at]!]!;
  }
  const order = new Int32Array(leaves);
  for (let leaf = 0; leaf < leaves; leaf++) order[start[leaf]!] = leaf;
  return { order, start, end: start.map((from, node) => from + count[node]!) };
}
