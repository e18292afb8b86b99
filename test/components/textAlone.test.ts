import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';
import { filesOf } from '../support/imports.js';

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const src = resolve(import.meta.dirname, '../../src');

/** Names of ours that hold elements. */
const ELEMENTS = /^(children|content|icon|icons|item|well|own|drawn|drawnParts)$/;
/** What the host draws, as it likes. */
const HOST = /^(renderItem|actions|toolbar|draw)$/;

/** Whether what is drawn here is an element, or nothing. */
function isElement(node: Node): boolean {
  const of = (key: string) => isElement(node[key] as Node);
  switch (node.type) {
    case 'JSXElement':
    case 'JSXSpreadChild':
      return true;
    case 'JSXFragment':
      return (node.children as Node[]).every((child) => isBlank(child) || isElement(child));
    case 'JSXText':
      return isBlank(node);
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
      return of('expression');
    case 'JSXEmptyExpression':
      return true;
    case 'ConditionalExpression':
      return of('consequent') && of('alternate');
    case 'LogicalExpression':
      return node.operator === '&&' ? of('right') : of('left') && of('right');
    case 'Literal':
      return node.value === null;
    case 'Identifier':
      return [/^undefined$/, ELEMENTS, HOST].some((names) => names.test(String(node.name)));
    case 'MemberExpression':
      return ELEMENTS.test(String((node.object as Node).name));
    case 'ArrowFunctionExpression':
      return of('body');
    case 'ChainExpression':
      return of('expression');
    case 'CallExpression': {
      const callee = (node.callee as Node).type === 'ChainExpression' ? ((node.callee as Node).expression as Node) : (node.callee as Node);
      if (callee.type === 'Identifier') return isElement(callee);
      // `list.map((each) => <li>…</li>)`, `Array.from(list, (each) => <li>…</li>)`
      const draws = (node.arguments as Node[]).at(-1);
      return /^(map|from)$/.test(String((callee.property as Node).name)) && draws !== undefined && isElement(draws);
    }
    case 'BlockStatement':
      return returns(node).every(isElement);
    default:
      return false;
  }
}

const isBlank = (node: Node) => node.type === 'JSXText' && /^\s*$/.test(String(node.value));

/** `<Frame>`, and not `<div>`. */
const isComponent = (node: Node) =>
  /^[A-Z]/.test(String(((node.openingElement as Node | undefined)?.name as { name?: string } | undefined)?.name));

function returns(block: Node): Node[] {
  return (block.body as Node[]).flatMap((each) => (each.type === 'ReturnStatement' && each.argument ? [each.argument as Node] : []));
}

/**
 * Where text is not all that an element holds, or is drawn by a component without an element of its own: a page translator takes the text node away, and
 * React then writes to it, or looks for it.
 */
function textBeside(text: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (typeof value !== 'object' || value === null || !('type' in value)) return;
    const node = value as Node;
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      const children = (node.children as Node[]).filter((child) => !isBlank(child));
      if (children.length > 1 || node.type === 'JSXFragment' || isComponent(node))
        for (const child of children) if (!isElement(child)) found.push(text.slice(child.start, child.end).trim());
    }
    if (node.type === 'FunctionDeclaration' && /^[A-Z]/.test(String((node.id as Node | null)?.name)))
      for (const drawn of returns(node.body as Node))
        if (/^(Literal|TemplateLiteral|MemberExpression)$/.test(drawn.type) && !isElement(drawn))
          found.push(text.slice(drawn.start, drawn.end));
    for (const [key, child] of Object.entries(node)) if (key !== 'parent') visit(child);
  };
  visit(parseAst(text, { lang: 'tsx' }));
  return found;
}

test('each text of ours stands alone in its element', () => {
  const files = filesOf(src).filter((file) => file.endsWith('.tsx'));
  expect(files.length).toBeGreaterThan(30);
  const found = files.flatMap((file) => textBeside(readFileSync(file, 'utf8')).map((text) => `${relative(src, file)}: ${text}`));
  expect(found).toEqual([]);
});

test('text beside an element is found, whichever way it is written', () => {
  expect(textBeside('<b>{icon}{words}</b>')).toEqual(['{words}']);
  expect(textBeside('<b>{is && <i />}Ready</b>')).toEqual(['Ready']);
  expect(textBeside('<b><i />{is ? <u /> : `${a}`}</b>')).toHaveLength(1);
  expect(textBeside('<b><i />{list.map((each) => each.name)}</b>')).toHaveLength(1);
  expect(textBeside('<>{words}</>')).toEqual(['{words}']);
  expect(textBeside('<Frame>{words}</Frame>')).toEqual(['{words}']);
  expect(textBeside('function Age() { return messages.age; }')).toEqual(['messages.age']);
  expect(textBeside('<b>{is && <i />}<span>{words}</span></b>')).toEqual([]);
});
