import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphMlOf } from '../../../src/paths/graphs/graphMlOf.js';
import { mermaidOf } from '../../../src/paths/graphs/mermaidOf.js';
import { errorCode } from '../../errorCode.js';

const bad = { nodes: [{ id: 'a' }], edges: [{ from: 'a', to: 'b' }] };

/** What Mermaid shows for a quoted text: its entities resolved. */
const shown = (text: string): string => text.replace(/#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));

describe('mermaidOf', () => {
  it('writes a flowchart, the label before the name, and any figure on the edges', () => {
    const graph = { nodes: [{ id: 'card', label: 'Member card' }, { id: 'end' }], edges: [{ from: 'card', to: 'end', label: '×2', share: 0.123456 }, { from: 'end', to: 'card' }] };
    expect(mermaidOf(graph)).toBe('flowchart LR\n  n0["Member card"]\n  n1["end"]\n  n0 -->|"#215;2"| n1\n  n1 --> n0\n');
    expect(mermaidOf(graph, { direction: 'down', edgeLabel: 'share' })).toBe('flowchart TB\n  n0["Member card"]\n  n1["end"]\n  n0 -->|"0.123"| n1\n  n1 --> n0\n');
  });

  it('keeps markup out of texts', () => {
    const label = (id: string): string => /n0\["(.*)"\]/.exec(mermaidOf({ nodes: [{ id }], edges: [] }))![1]!;
    expect(label('say "hi" [x] {y} <b>|#1; `md`')).toBe('say #34;hi#34; #91;x#93; #123;y#125; #60;b#62;#124;#35;1#59; #96;md#96;');
    expect(label('')).toBe(' ');
    expect(label('set direction LR now')).toBe('set direction#32;LR now');
    expect(label('50 %% of')).toBe('50 #37;% of');
    expect(label('1. first - then')).toBe('1#46; first #45; then');
    expect(label('gold_card _x_')).toBe('gold_card #95;x#95;');
    expect(label('fibra óptica 光 a\nb')).toBe('fibra óptica 光 a#10;b');
  });

  it('stays within the grammar for any names, which can be read back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 12 }), { minLength: 1, maxLength: 5 }), (names) => {
        const lines = mermaidOf({ nodes: names.map((id) => ({ id })), edges: names.map((to) => ({ from: names[0]!, to, label: to })) }).split('\n');
        expect(lines).toHaveLength(2 * names.length + 2);
        names.forEach((name, i) => {
          const text = /^ {2}n\d+\["([^"[\]{}|<>`\n\r]+)"\]$/.exec(lines[i + 1]!);
          expect(shown(text![1]!)).toBe(name === '' ? ' ' : name);
          expect(lines[i + 1 + names.length]).toMatch(/^ {2}n0 -->(\|"[^"[\]{}|<>`\n\r]+"\|)? n\d+$/);
        });
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('refuses what is no graph', () => {
    expect(errorCode(() => mermaidOf(bad))).toBe('UNKNOWN_ID');
    expect(errorCode(() => mermaidOf({ nodes: [{ id: 'a' }, { id: 'a' }], edges: [] }))).toBe('DUPLICATE_ID');
    expect(errorCode(() => mermaidOf(undefined as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => mermaidOf({ nodes: [] } as never))).toBe('INVALID_INPUT');
    expect(errorCode(() => mermaidOf({ nodes: [], edges: [] }, { direction: 'LR' as never }))).toBe('INVALID_OPTION');
  });
});

describe('graphMlOf', () => {
  it('declares each field once with its kind and leaves out what is missing', () => {
    const text = graphMlOf({
      nodes: [{ id: 'a', share: 0.5, known: true, note: null }, { id: 'b', share: Infinity, mixed: 1 }, { id: 'c', mixed: 'x' }],
      edges: [{ from: 'a', to: 'b', label: '2 < 3', n: -Infinity }],
    });
    expect(text).toContain('<key id="d0" for="node" attr.name="id" attr.type="string"/>');
    expect(text).toContain('<key id="d1" for="node" attr.name="share" attr.type="double"/>');
    expect(text).toContain('<key id="d2" for="node" attr.name="known" attr.type="boolean"/>');
    expect(text).toContain('<key id="d3" for="node" attr.name="mixed" attr.type="string"/>');
    expect(text).not.toContain('note');
    expect(text).toContain('<node id="n0"><data key="d0">a</data><data key="d1">0.5</data><data key="d2">true</data></node>');
    expect(text).toContain('<node id="n1"><data key="d0">b</data><data key="d1">INF</data><data key="d3">1</data></node>');
    expect(text).toContain('<edge source="n0" target="n1"><data key="d4">2 &lt; 3</data><data key="d5">-INF</data></edge>');
  });

  it('is well-formed XML for any names and texts, which can be read back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 10 }), { maxLength: 4 }), fc.string({ unit: 'binary', maxLength: 6 }), (names, field) => {
        const figure = ['id', 'label', '__proto__'].includes(field) ? 'x' : field;
        const text = graphMlOf({ nodes: names.map((id) => ({ id, [figure]: id })), edges: names.map((from) => ({ from, to: from })) });
        const { tags, texts } = readXml(text);
        expect(tags.filter((tag) => tag.startsWith('node'))).toHaveLength(names.length);
        expect(texts.filter((_, i) => i % 2 === 0)).toEqual(names.map(valid));
        expect(texts.filter((_, i) => i % 2 === 1)).toEqual(names.map(valid));
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('refuses what is no graph', () => {
    expect(errorCode(() => graphMlOf(bad))).toBe('UNKNOWN_ID');
    expect(errorCode(() => graphMlOf({ nodes: [{ id: 'a' }, { id: 'a' }], edges: [] }))).toBe('DUPLICATE_ID');
  });
});

/** Signs that XML 1.0 has, the others replaced. */
const valid = (text: string): string => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');

/** A strict little reader: tags must close in order, `&` must be one of the five entities or a number; gives tags and the content of data. */
function readXml(text: string): { tags: string[]; texts: string[] } {
  const [tags, texts, open]: [string[], string[], string[]] = [[], [], []];
  const parts = /<\?xml[^?]*\?>|<(\/?)([A-Za-z]+)((?:\s+[\w.:]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  let at = 0;
  for (let match = parts.exec(text); match !== null; match = parts.exec(text)) {
    at = parts.lastIndex;
    const [all, close, name, attributes = '', empty, content] = match;
    if (/&(?!amp;|lt;|gt;|quot;|#\d+;)/.test(all)) throw new Error(`bare & in ${all}`);
    if (content !== undefined && open.at(-1) === 'data') texts[texts.length - 1] = resolve(content);
    if (name === undefined) continue;
    if (close === '/' && open.pop() !== name) throw new Error(`</${name}> closes nothing`);
    if (close !== '/') tags.push(name + attributes);
    if (close !== '/' && name === 'data') texts.push('');
    if (close !== '/' && empty !== '/') open.push(name);
  }
  if (at !== text.length || open.length > 0) throw new Error(`not XML at ${at}: ${text.slice(at, at + 40)}`);
  return { tags, texts };
}

function resolve(text: string): string {
  const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) => (code === undefined ? names[name]! : String.fromCodePoint(Number(code))));
}
