/**
 * A short name for a frame that page and Node both can give it: its length, and a 32 bit FNV-1a hash of its beginning
 * (which holds the versions) and its end (which holds the send time). Runs in the page too, so it stands alone.
 */
export function frameKey(text: string): string {
  const edge = 200;
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    if (index === edge && text.length > 2 * edge) index = text.length - edge;
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `${text.length}.${(hash >>> 0).toString(36)}`;
}
