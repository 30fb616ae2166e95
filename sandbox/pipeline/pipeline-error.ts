/** A run that cannot go on, in the product's words. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';
  constructor(
    readonly title:
      'Processing error' | 'Banner extraction failed' | 'Auto-generate banner failed' | 'Table processing failed',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
