/** A small survey for the browser tests of the sandbox: a data file with a weight, a questionnaire, a banner plan. */
import { Document, Packer, Paragraph } from 'docx';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSav, type SavCase, type SavVariable } from '../datasets/sav/index.ts';

export interface TestBundle {
  /** Absolute paths. */
  readonly data: string;
  readonly survey: string;
  /** Every column is exact: such a run needs no review. */
  readonly clearBanner: string;
  /** Some columns cannot be matched: such a run waits for a review. */
  readonly doubtfulBanner: string;
  /** Not a data file, whatever its name says. */
  readonly broken: string;
  readonly respondents: number;
  readonly variables: number;
  readonly weight: string;
}

const respondents = 1200;

const scale = ['Very dissatisfied', 'Dissatisfied', 'Neither', 'Satisfied', 'Very satisfied'];

const variables: readonly SavVariable[] = [
  { name: 'RESPID', width: 0, label: 'Respondent', measure: 'nominal' },
  coded('GENDER', 'Gender', ['Male', 'Female']),
  coded('AGE', 'Age group', ['18-34', '35-54', '55 and older']),
  coded('REGION', 'Region', ['North', 'East', 'South', 'West']),
  coded('Q1', 'How satisfied are you with the service?', scale),
  coded('Q2', 'How satisfied are you with the price?', scale),
  { name: 'WEIGHT', width: 0, label: 'Post-stratification weight', measure: 'scale' },
];

const clearPlan = [
  'Banner group: Gender',
  'Male: GENDER=1',
  'Female: GENDER=2',
  '',
  'Banner group: Age',
  '18 to 34: AGE=1',
  '35 to 54: AGE=2',
  '55 and older: AGE=3',
];

const doubtfulPlan = [
  ...clearPlan,
  '',
  'Banner group: Customers',
  'Heavy users: Heavy users',
  'Satisfied: Satisfied with the service',
  'Lapsed: TBD',
];

/** Writes the bundle into a folder. The same every time. */
export async function writeTestBundle(folder: string): Promise<TestBundle> {
  const path = (name: string): string => join(folder, name);
  await writeSav(path('tracker.sav'), { variables }, cases(), { compression: 'bytecode' });
  await writeDocument(path('tracker-survey.docx'), [
    'Customer tracker',
    ...variables.map(({ name, label }) => `${name}. ${label ?? name}`),
  ]);
  await writeDocument(path('tracker-banner.docx'), clearPlan);
  await writeDocument(path('tracker-banner-draft.docx'), doubtfulPlan);
  writeFileSync(path('broken.sav'), 'This is not a data file.');
  return {
    data: path('tracker.sav'),
    survey: path('tracker-survey.docx'),
    clearBanner: path('tracker-banner.docx'),
    doubtfulBanner: path('tracker-banner-draft.docx'),
    broken: path('broken.sav'),
    respondents,
    variables: variables.length,
    weight: 'WEIGHT',
  };
}

function coded(name: string, label: string, answers: readonly string[]): SavVariable {
  return {
    name,
    width: 0,
    label,
    measure: 'nominal',
    valueLabels: answers.map((answer, index) => ({ value: index + 1, label: answer })),
  };
}

function* cases(): Generator<SavCase> {
  for (let row = 0; row < respondents; row++) {
    const gender = 1 + (row % 2);
    const weight = gender === 1 ? 0.9 : 1.1;
    yield [row + 1, gender, 1 + (row % 3), 1 + (row % 4), 1 + ((row * 7) % 5), 1 + ((row * 3 + gender) % 5), weight];
  }
}

async function writeDocument(path: string, lines: readonly string[]): Promise<void> {
  const document = new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] });
  writeFileSync(path, await Packer.toBuffer(document));
}
