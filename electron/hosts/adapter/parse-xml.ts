/** An XML document as a small tree of elements, with everything refused that a request has no use for. */
import sax from 'sax';
import { checkLexicalRules } from './lexical-rules.ts';
import { LONGEST_NAME, LONGEST_TEXT, MOST_DEPTH, MOST_ELEMENTS } from './limits.ts';
import { quoted, refusal } from './refusal.ts';
import { trimSpace } from './space.ts';

/** An element: either elements or text is in it. */
export interface Element {
  readonly name: string;
  /** Line of its start tag, from 1. */
  readonly line: number;
  readonly children: readonly Element[];
  /** Without the white space around it. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly line: number;
  readonly children: Element[];
  text: string;
}

/** The root element. Throws `REQUEST_INVALID`. */
export function parseXml(text: string): Element {
  checkLexicalRules(text);
  const builder = new TreeBuilder();
  const parser = sax.parser(true, { position: true });
  // The parser's own table inherits from Object: `&constructor;` would be found in it.
  parser.ENTITIES = Object.assign(Object.create(null), { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });
  const line = () => parser.line + 1;
  parser.onerror = (error) => {
    throw refusal(`Line ${line()}: the XML is not well-formed: ${sentence(error.message)}`);
  };
  parser.onopentagstart = ({ name }) => builder.open(name, line());
  parser.onattribute = ({ name }) => {
    throw refusal(`Line ${line()}: elements of a request have no attributes, but there is ${quoted(name)}.`);
  };
  parser.ontext = (piece) => builder.text(piece, line());
  parser.oncdata = (piece) => builder.text(piece, line());
  parser.onclosetag = () => builder.close();
  parser.write(text).close();
  return builder.root();
}

/** The first line of what the parser says; the others repeat the position. */
function sentence(message: string): string {
  const [first = ''] = message.split('\n');
  return `${quoted(first).slice(1, -1).replace(/\.$/, '')}.`;
}

class TreeBuilder {
  readonly #open: OpenElement[] = [];
  #root: Element | undefined;
  #elements = 0;

  open(name: string, line: number): void {
    if (name.length > LONGEST_NAME) throw refusal(`Line ${line}: the element name ${quoted(name)} is too long.`);
    if (name.includes(':')) throw refusal(`Line ${line}: namespaces are not allowed, but there is ${quoted(name)}.`);
    if (this.#root) throw refusal(`Line ${line}: ${quoted(name)} comes after the end of the request.`);
    this.#elements++;
    if (this.#elements > MOST_ELEMENTS) throw refusal(`The request has more than ${MOST_ELEMENTS} elements.`);
    if (this.#open.length >= MOST_DEPTH) {
      throw refusal(`Line ${line}: elements are nested more than ${MOST_DEPTH} deep.`);
    }
    this.#open.push({ name, line, children: [], text: '' });
  }

  text(piece: string, line: number): void {
    const element = this.#open.at(-1);
    if (!element) {
      if (trimSpace(piece) === '') return;
      throw refusal(`Line ${line}: there is text outside of the request.`);
    }
    element.text += piece;
    if (element.text.length > LONGEST_TEXT) {
      throw refusal(`Line ${line}: the text of ${quoted(element.name)} is longer than ${LONGEST_TEXT} characters.`);
    }
  }

  close(): void {
    const element = this.#open.pop();
    if (!element) return;
    const { name, line, children } = element;
    const text = trimSpace(element.text);
    if (text !== '' && children.length > 0) {
      throw refusal(`Line ${line}: ${quoted(name)} holds elements and cannot hold the text ${quoted(text)} too.`);
    }
    const closed = { name, line, children, text };
    const parent = this.#open.at(-1);
    if (parent) parent.children.push(closed);
    else this.#root = closed;
  }

  root(): Element {
    if (!this.#root) throw refusal('The request holds no element.', 'Send one tsm-request.');
    return this.#root;
  }
}
