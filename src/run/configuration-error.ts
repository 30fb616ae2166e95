/**
 * The run cannot begin because something outside it is wrong: a setting, an account, an address, a browser.
 * The message is one sentence for people, naming the value and what to do next; it is shown without a stack,
 * and the command ends with status 2.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
