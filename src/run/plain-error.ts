/**
 * An error whose sentence anybody may read, also where the data is private: it holds names of analysts, projects and bundles,
 * fixed words of the product and counts, and never a word of a file. What the product or the page itself said goes into `said`,
 * which is left out where the data is private.
 */
export class PlainError extends Error {
  readonly sentence: string;

  constructor(sentence: string, said?: string, options?: ErrorOptions) {
    super(said === undefined ? sentence : `${sentence}${said.startsWith('\n') ? '' : ' '}${said}`, options);
    this.sentence = sentence.replace(/:$/, '.');
  }
}
