/** Text of others, shown as it is: without what nobody sees. */

/** Characters that nobody sees and that can turn what is around them: C0, C1, and the bidirectional controls of Unicode. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const INVISIBLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** The text with a replacement sign for each such character. */
export function visible(text: string): string {
  return text.replace(INVISIBLE, '\ufffd');
}
