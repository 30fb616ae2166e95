import { z } from 'zod';

const file = z.object({
  /** Relative to `datasets/files/`, or absolute. */
  path: z.string(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  sizeBytes: z.int().positive(),
});

/** One cell of one table that the workbook must show, computed by PSPP. */
const expectedCell = z.object({
  /** Id of the table in the workbook: the variable's name, or the multiple-response set's name without `$`. */
  table: z.string(),
  /** `Total`, or `<banner group>: <column>` of a column that is never in doubt (not flagged for review). */
  column: z.string(),
  /** Value label of the row. */
  row: z.string(),
  /** True: weighted by the bundle's weight variable. */
  weighted: z.boolean(),
  /** Cases in the cell (weighted when `weighted`). */
  count: z.number(),
  /** Column percentage, 0–100, of the valid answers in that column. */
  percent: z.number(),
  /** Unweighted valid answers in that column. */
  base: z.int(),
});

/** What the project knows of one bundle: enough to upload it and to say whether the product's result is right. */
export const bundleSchema = z.object({
  name: z.string(),
  title: z.string(),
  seed: z.int(),
  writtenBy: z.enum(['muster', 'pspp']),
  files: z.object({ data: file, survey: file, banner: file.optional() }),
  respondents: z.int(),
  variables: z.int(),
  /** The weight variable that the product should detect and preselect. */
  weight: z.string().optional(),
  /** Whether the product should report looped data. */
  loops: z.boolean(),
  /** Columns of the banner plan that the product should flag for review, as `<group>: <column>`. Empty: no review. */
  flagged: z.array(z.string()),
  /** Number of tables the workbook should hold. */
  tables: z.int(),
  expected: z.array(expectedCell),
});

export const badBundleSchema = z.object({
  name: z.string(),
  title: z.string(),
  defect: z.enum([
    'truncated',
    'wrong-magic',
    'zero-rows',
    'renamed-csv',
    'stacked',
    'wrong-document-type',
    'oversized',
  ]),
  files: z.object({ data: file, survey: file, banner: file.optional() }),
});

export const catalogSchema = z.object({
  version: z.literal(1),
  bundles: z.array(bundleSchema),
  bad: z.array(badBundleSchema),
});

export type ExpectedCell = z.infer<typeof expectedCell>;
/** A bundle of the catalog: everything is known of it. */
export type Bundle = z.infer<typeof bundleSchema>;

/**
 * A bundle of the user's own. Only what can be read in its files is known: what the product will make of them (weight, loops,
 * review, tables, cells) is not, and nobody asserts it. Its words are nobody else's business: no name of a file or variable,
 * no label and no figure of it belongs in results, messages or reports.
 */
export interface OwnBundle extends Pick<Bundle, 'name' | 'title' | 'files' | 'respondents' | 'variables'> {
  readonly own: true;
}

export type SurveyBundle = Bundle | OwnBundle;

export function isOwn(bundle: SurveyBundle): bundle is OwnBundle {
  return 'own' in bundle;
}

export type BadBundle = z.infer<typeof badBundleSchema>;
export type Catalog = z.infer<typeof catalogSchema>;
