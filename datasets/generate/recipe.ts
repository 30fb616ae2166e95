/** How to make one bundle: everything that decides its bytes. */
import type { SavCompression } from '../sav/index.ts';
import type { Topic } from './topic.ts';

export interface Recipe {
  readonly name: string;
  readonly topic: Topic;
  readonly seed: number;
  readonly respondents: number;
  readonly writtenBy: 'muster' | 'pspp';
  readonly compression: SavCompression;
  readonly encoding: 'UTF-8' | 'windows-1252';
  readonly naming: 'codes' | 'words';
  /** Brands with an image battery of twelve statements: how wide the file is. */
  readonly imageBrands: number;
  readonly weight?: { readonly name: string; readonly active: boolean };
  readonly survey: 'docx' | 'pdf';
  readonly banner?: 'docx' | 'pdf';
  /** Whether the banner plan holds columns that somebody has to look at. */
  readonly review: boolean;
}
