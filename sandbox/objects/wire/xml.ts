/** The little XML that S3's answers and requests are made of. */
import { S3Error } from '../s3-error.ts';

export interface Element {
  readonly name: string;
  readonly content: string | number | boolean | readonly Element[];
}

export const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** An element, or none where there is nothing to put in. */
export function element(name: string, content: Element['content'] | undefined): Element[] {
  return content === undefined ? [] : [{ name, content }];
}

/** A whole document. @param xmlns the root's namespace; errors have none. */
export function document({ name, content }: Element, xmlns?: string): string {
  const attribute = xmlns === undefined ? '' : ` xmlns="${xmlns}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${attribute}>${render(content)}</${name}>`;
}

function render(content: Element['content']): string {
  if (typeof content !== 'object') return escape(String(content));
  return content.map((child) => `<${child.name}>${render(child.content)}</${child.name}>`).join('');
}

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Also what a parser would take away or change: control characters, as S3 writes them. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"\p{Cc}]/gu, (character) => named[character] ?? `&#${character.charCodeAt(0)};`);
}

export interface Parsed {
  readonly name: string;
  /** Of this element itself. */
  readonly text: string;
  readonly children: readonly Parsed[];
}

interface Open {
  name: string;
  text: string;
  children: Parsed[];
}

const token =
  /<\?[^]*?\?>|<!--[^]*?-->|<!\[CDATA\[(?<data>[^]*?)\]\]>|<(?<close>\/)?(?<name>[\w.:-]+)(?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(?<empty>\/)?>|(?<text>[^<]+)/gy;
const deepest = 16;

/** Parses a document without a type definition. @returns its root. @throws S3Error MalformedXML */
export function parse(bytes: Buffer): Parsed {
  const root: Open = { name: '', text: '', children: [] };
  const open = [root];
  const source = decodeUtf8(bytes);
  for (let position = 0; position < source.length;) {
    token.lastIndex = position;
    const groups = token.exec(source)?.groups;
    const inner = open.at(-1);
    if (groups === undefined || inner === undefined) throw malformed();
    position = token.lastIndex;
    const { data, close, name, empty, text } = groups;
    if (data !== undefined) inner.text += data;
    if (text !== undefined) inner.text += text.replaceAll(/&([^;&]{0,10});?/g, (_, entity: string) => unescape(entity));
    if (name === undefined) continue;
    if (close !== undefined) {
      if (inner.name !== local(name) || open.length === 1) throw malformed();
      open.pop();
      continue;
    }
    const child: Open = { name: local(name), text: '', children: [] };
    inner.children.push(child);
    if (empty === undefined && open.push(child) > deepest) throw malformed();
  }
  const [first, ...others] = root.children;
  if (first === undefined || others.length > 0 || open.length > 1) throw malformed();
  return first;
}

/** The text of an element's first child of that name. */
export function childText({ children }: Parsed, name: string): string | undefined {
  return children.find((child) => child.name === name)?.text;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const entities = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

function unescape(entity: string): string {
  const known = entities.get(entity);
  if (known !== undefined) return known;
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(entity) ?? [];
  const code = Number.parseInt(hexadecimal ?? decimal ?? '', hexadecimal === undefined ? 10 : 16);
  if (!(code >= 0 && code <= 0x10ffff)) throw malformed();
  return String.fromCodePoint(code);
}

function decodeUtf8(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed();
  }
}

export function malformed(): S3Error {
  return new S3Error(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}
