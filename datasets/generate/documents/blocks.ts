/** A document before it becomes a `.docx` or a `.pdf`: a list of paragraphs of a few kinds. */
export interface Block {
  readonly kind: 'title' | 'heading' | 'question' | 'text' | 'note' | 'option' | 'bullet';
  readonly text: string;
}

/** Documents carry this date, so that the same seed gives the same bytes. */
export const documentDate = new Date('2026-08-24T09:00:00Z');
