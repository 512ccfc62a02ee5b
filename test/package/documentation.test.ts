import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { publicApi } from '../../scripts/public-api.mjs';

const { surface, forgotten } = publicApi();
const [root, ...parts] = surface;
const declared = new Map(
  parts.flatMap(({ exports }) => exports.map(({ name, module, declarations }) => [name, { title: `${name} (src/${module})`, node: declarations[0]! }] as const)),
);
const functions = [...declared.values()].filter(({ node }) => ts.isFunctionDeclaration(node));
const classes = [...declared.values()].filter(({ node }) => ts.isClassDeclaration(node));

const tagsOf = (node: ts.Node, tag: string): string[] =>
  ts.getJSDocTags(node).filter(({ tagName }) => tagName.text === tag).map((found) => found.getText());

describe('the public surface', () => {
  it('is the same from the root as from the subpaths together', () => {
    expect(root!.exports.map(({ name }) => name)).toEqual([...declared.keys()].sort((a, b) => (a < b ? -1 : 1)));
  });

  it('mentions no type that a user cannot import', () => {
    expect(forgotten).toEqual([]);
  });

  it.each([...functions, ...classes])('$title shows a value in an example that is run', ({ node }) => {
    expect(tagsOf(node, 'example').join('\n')).toMatch(/```ts\n[\s\S]*\/\/ => [\s\S]*```/);
  });

  it.each(functions)('$title documents every parameter and what comes back', ({ node }) => {
    const { parameters, type } = node as ts.FunctionDeclaration;
    const described = ts.getJSDocTags(node).filter(ts.isJSDocParameterTag).map(({ name }) => name.getText());
    expect(described.slice(0, parameters.length)).toEqual(parameters.map(({ name }, i) => (ts.isIdentifier(name) ? name.text : described[i])));
    if (type?.kind !== ts.SyntaxKind.VoidKeyword) expect(tagsOf(node, 'returns')).toHaveLength(1);
  });
});
