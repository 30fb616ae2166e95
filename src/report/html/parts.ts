/** What the parts of `report.html` are made of. */

/** Text as HTML. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A section with a table of words; heads and title as text, lines as HTML. */
export function table(title: string, heads: readonly string[], lines: readonly string[]): string {
  return `<section><h2>${escape(title)}</h2>${bareTable(heads, lines)}</section>`;
}

/** The same without a title of its own. */
export function bareTable(heads: readonly string[], lines: readonly string[]): string {
  return `<div class="scroll"><table class="words"><thead><tr>${heads.map((head) => `<th scope="col">${escape(head)}</th>`).join('')}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}
