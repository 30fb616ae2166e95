/** Writes XML: just what a report of a few elements needs. */
import { stripVTControlCharacters } from 'node:util';

export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly children?: readonly (XmlElement | string)[];
}

/** A document, an element a line, with a line break at its end. Text is taken as text, whatever is in it. */
export function renderXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementLines(root).join('\n')}\n`;
}

function elementLines({ name, attributes = {}, children = [] }: XmlElement): string[] {
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`);
  const begin = `<${name}${given.join('')}>`;
  const end = `</${name}>`;
  const inside = children.flatMap((child) => (typeof child === 'string' ? [escapeText(child)] : elementLines(child)));
  // Space around text would be part of it.
  const plain = children.every((child) => typeof child === 'string');
  return plain ? [`${begin}${inside.join('')}${end}`] : [begin, ...inside, end];
}

/** What XML 1.0 has no place for, whether escaped or not, and colours of a terminal: neither says anything to a reader. */
function allowed(text: string): string {
  return stripVTControlCharacters(text).replaceAll(
    /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    '',
  );
}

function escapeText(text: string): string {
  return allowed(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Whoever reads an attribute takes its line breaks for spaces, unless they are escaped. */
function escapeAttribute(text: string): string {
  return escapeText(text)
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`);
}
