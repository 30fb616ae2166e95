/** What the parts of `report.html` are made of. */
import { labelOf, metricOf } from '../registry/index.ts';
import { visible } from '../visible.ts';

/** A quantity and its unit stay on one line. */
const QUANTITY = /(\d) (ms|s|min|h|%|bytes|kB|MB|GB)(?![\p{L}\d])/gu;

/** Text as HTML. What cannot be seen is shown as a sign that can. */
export function escape(text: string): string {
  return visible(text)
    .replace(QUANTITY, '$1\u00a0$2')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A section that can be jumped to. Title as text, body as HTML. */
export function section(id: string, title: string, body: string): string {
  return `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${escape(title)}</h2>${body}</section>`;
}

/** A part of a section. */
export function part(title: string, body: string): string {
  return `<h3>${escape(title)}</h3>${body}`;
}

/** What may be wider than the page: it scrolls by itself, by keyboard too. The name as text. */
export function scroll(name: string, body: string): string {
  return `<div class="scroll" role="region" tabindex="0" aria-label="${escape(name)}">${body}</div>`;
}

/** A table of words; name and heads as text, lines as HTML. On a phone each line becomes a block, its cells with their heads. */
export function wordTable(name: string, heads: readonly string[], lines: readonly string[]): string {
  return stackedTable(name, 'words', heads, lines);
}

/** The same with figures, in a class of its own. */
export function stackedTable(
  name: string,
  className: string,
  heads: readonly string[],
  lines: readonly string[],
): string {
  const head = heads.map((each) => (each === '' ? '<td></td>' : `<th scope="col">${escape(each)}</th>`)).join('');
  const body = lines.map((line) => {
    let place = 0;
    // The first cell is the line's own head. What a cell holds is escaped, so that no text can look like one.
    return line.replace(/<td/g, () => `<td data-head="${escape(heads[++place] ?? '')}"`);
  });
  const table = `<table class="${className} stack"><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
  return scroll(`Table: ${name}`, table);
}

/** A line of such a table: the first cell says what the line is about. */
export function wordLine([first = '', ...cells]: readonly string[]): string {
  return `<tr><th scope="row">${escape(first)}</th>${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;
}

/** Folded away: the summary as text, the body as HTML. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${escape(summary)}</summary>${body}</details>`;
}

/** The middle left out where it is longer: of a path or a selector both ends tell most. */
export function clipped(text: string, most: number): string {
  const half = (most - 1) / 2;
  return text.length <= most ? text : `${text.slice(0, Math.ceil(half))}…${text.slice(-Math.floor(half))}`;
}

export function note(text: string): string {
  return `<p class="note">${escape(text)}</p>`;
}

/** Sentences about different things. */
export function notes(texts: readonly string[]): string {
  return `<ul class="note">${texts.map((text) => `<li>${escape(text)}</li>`).join('')}</ul>`;
}

/** Pairs of a word and what is to be said of it, as text. */
export function definitions(pairs: readonly (readonly [string, string])[], className = ''): string {
  return `<dl${className === '' ? '' : ` class="${className}"`}>${pairs.map(([word, said]) => `<dt>${escape(word)}</dt><dd>${escape(said)}</dd>`).join('')}</dl>`;
}

export function list(texts: readonly string[]): string {
  return `<ul>${texts.map((text) => `<li>${escape(text)}</li>`).join('')}</ul>`;
}

/** Where the glossary explains a metric. */
export function glossaryId(metric: string): string {
  return `word-${metricOf(metric).name.replace(/[^a-z]+/gi, '-')}`;
}

/** A metric's label, which leads to what it means. */
export function metricLink(metric: string, label: string = labelOf(metric)): string {
  return `<a href="#${glossaryId(metric)}">${escape(label)}</a>`;
}

/** At most so many, and a sentence on the others, which are in `summary.json` or the events. */
export function atMost<T>(all: readonly T[], most: number): { readonly shown: readonly T[]; readonly rest: string } {
  const left = all.length - most;
  return left <= 0
    ? { shown: all, rest: '' }
    : { shown: all.slice(0, most), rest: `${left} more are left out here: the run’s folder has them.` };
}
