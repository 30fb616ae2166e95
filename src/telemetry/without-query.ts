/** An address without its query and fragment, which may hold what is nobody else's business. */
export function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? url;
}
