/** A figure or text of a node or an edge; null where there is none. */
export type PathGraphValue = string | number | boolean | null;

/** A node: its name, and any figures beside it. */
export interface PathGraphNode {
  /** Its name, each once; any text. */
  readonly id: string;
  /** What is shown. @defaultValue `id` */
  readonly label?: string;
  readonly [figure: string]: PathGraphValue | undefined;
}

/** An edge from one node to another, and any figures beside it. */
export interface PathGraphEdge {
  /** The `id` of the node it leaves. */
  readonly from: string;
  /** The `id` of the node it leads to. */
  readonly to: string;
  /** What is shown. @defaultValue nothing */
  readonly label?: string;
  readonly [figure: string]: PathGraphValue | undefined;
}

/** A graph as plain data: what any tool that draws takes after a rename of fields, and what {@link mermaidOf} and {@link graphMlOf} write as text. */
export interface PathGraph {
  /** Each once. */
  readonly nodes: readonly PathGraphNode[];
  /** Between nodes that are there. */
  readonly edges: readonly PathGraphEdge[];
}
