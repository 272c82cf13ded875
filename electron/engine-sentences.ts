/** The sentences that the engine says to people, as templates, for the test that holds their translations complete. */
import { parseSync } from 'vite';

/** A text of the source: `{0}`, `{1}` … for what is put in when it runs. */
export interface EngineText {
  line: number;
  text: string;
}

type SyntaxNode = Record<string, unknown>;

/** Calls whose texts are for logs, programs and databases, or are bugs that have a text of their own in the window. */
const NOT_FOR_PEOPLE =
  /(^|[.#])(logger\??\.\w+|log|exec|prepare|describe|it|RegExp|TypeError|RangeError|startsWith|endsWith|includes|split|join|replace|equals|compile|#one|#rows)$/;

/** Whole sentences, and the parts of sentences that say something by themselves. */
const SENTENCE = /^([A-Z{“„"]).* .*[.!?]$/s;
const CLAUSE = /[a-z]{2,} [a-z]{2,}.* |[a-z]{2,} [a-z]{2,}.*\{\d\}|^[a-z]{2,} \w+ [a-z(]\w*\)?$/s;

/** Every text of `source` that has the look of a sentence or of a clause of one. */
export function engineTexts(file: string, source: string): EngineText[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found: EngineText[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (!isNode(value) || value.type === 'ImportDeclaration') return;
    if (isCallNotForPeople(value, source)) {
      visit(value.callee);
      return;
    }
    const parts = partsOf(value);
    if (parts === undefined) {
      for (const child of Object.values(value)) visit(child);
      return;
    }
    let slots = 0;
    const text = parts.map((part) => (typeof part === 'string' ? part : `{${slots++}}`)).join('');
    if (SENTENCE.test(text) || CLAUSE.test(text)) found.push({ line: lineAt(source, Number(value.start)), text });
    for (const part of parts) if (typeof part !== 'string') visit(part);
  };
  visit(program);
  return found;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null;
}

function isCallNotForPeople(node: SyntaxNode, source: string): boolean {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false;
  const { callee } = node;
  return isNode(callee) && NOT_FOR_PEOPLE.test(source.slice(Number(callee.start), Number(callee.end)));
}

/** A text in its literal parts, with the expressions between them; `undefined` for what is no text. */
function partsOf(node: SyntaxNode): (string | SyntaxNode)[] | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? [node.value] : undefined;
  if (node.type === 'TemplateLiteral') return templateParts(node);
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return undefined;
  const { left, right } = node;
  if (!isNode(left) || !isNode(right)) return undefined;
  const before = partsOf(left);
  const after = partsOf(right);
  if (before === undefined && after === undefined) return undefined;
  return [...(before ?? [left]), ...(after ?? [right])];
}

function templateParts({ quasis, expressions }: SyntaxNode): (string | SyntaxNode)[] | undefined {
  if (!Array.isArray(quasis) || !Array.isArray(expressions)) return undefined;
  return quasis.flatMap((quasi, index) => {
    const expression: unknown = expressions[index];
    return isNode(expression) ? [cooked(quasi), expression] : [cooked(quasi)];
  });
}

function cooked(quasi: unknown): string {
  const value = isNode(quasi) ? quasi.value : undefined;
  return isNode(value) && typeof value.cooked === 'string' ? value.cooked : '';
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length;
}
