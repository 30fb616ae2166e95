/** Question texts of a survey document, by variable name. */

const stemOf = /^([A-Za-z]+\d+[a-z]?)(?:r\d+|_\d+|c\d+)/;

/**
 * Texts of the questions that a document introduces by a variable's name (`Q5. How likely …`), for the given variables.
 * Grid and multiple-response items (`Q10r3`) take their question's text.
 */
export function questionTexts(text: string, variableNames: readonly string[]): Map<string, string> {
  const byId = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^\s*\[?([A-Za-z][\w.]{0,30}?)\]?\s*[.:)\]–—-]\s*(\S.{7,})$/.exec(line);
    if (match?.[1] && match[2] && !byId.has(match[1].toUpperCase())) byId.set(match[1].toUpperCase(), match[2].trim());
  }
  const found = new Map<string, string>();
  for (const name of variableNames) {
    const stem = stemOf.exec(name)?.[1];
    const question = byId.get(name.toUpperCase()) ?? (stem === undefined ? undefined : byId.get(stem.toUpperCase()));
    if (question !== undefined) found.set(name, question);
  }
  return found;
}
