/** Bundles that the product must refuse, each with one defect. */
import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BadBundle, Bundle } from '../catalog-schema.ts';
import { checksum } from '../checksum.ts';
import { writeSav, type SavCase, type SavDictionary, type SavVariable } from '../sav/index.ts';
import { cases } from './cases.ts';
import { dictionaryOf } from './dictionary.ts';
import { questionnaire } from './questionnaire.ts';
import { Random } from './random.ts';
import { options, scales } from './scales.ts';
import { coffee } from './topics/coffee.ts';

type File = Bundle['files']['data'];

/** 110 MiB: over the product's limit of 100 MB, whichever megabyte it means. */
const oversizedBytes = 110 * 1024 * 1024;

function stackedDictionary(): SavDictionary {
  const labels = (texts: readonly string[]): SavVariable['valueLabels'] =>
    options(texts).map(({ code, label }) => ({ value: code, label }));
  const numeric = (name: string, label: string, valueLabels?: SavVariable['valueLabels']): SavVariable => ({
    name,
    width: 0,
    label,
    measure: valueLabels ? 'nominal' : 'scale',
    print: { type: 'F', width: 8, decimals: 0 },
    ...(valueLabels ? { valueLabels } : {}),
  });
  return {
    fileLabel: 'Stacked: one row per respondent and brand',
    variables: [
      numeric('RESPID', 'Respondent number'),
      numeric('WAVE', 'Wave', labels(['Spring', 'Autumn'])),
      numeric('BRAND', 'Brand rated', labels(coffee.brands)),
      numeric('GENDER', 'Gender', labels(['Male', 'Female'])),
      numeric('Q1', 'Overall satisfaction', labels(scales.en.satisfaction5)),
      numeric('Q2', 'Likelihood to visit again', labels(scales.en.likelihood5)),
    ],
  };
}

function* stackedCases(respondents: number): Generator<SavCase> {
  const random = new Random(77);
  for (let person = 1; person <= respondents; person++) {
    const gender = random.int(1, 2);
    const wave = random.int(1, 2);
    for (let brand = 1; brand <= coffee.brands.length; brand++)
      yield [10_000 + person, wave, brand, gender, random.int(1, 5), random.int(1, 5)];
  }
}

const csv = 'RESPID,GENDER,AGE,Q1\n10001,1,34,5\n10002,2,51,4\n10003,2,27,3\n';

/** Fills a file with a valid beginning and zeros up to 110 MiB; the zeros take no room on disk where the file system allows. */
async function writeOversized(path: string, beginning: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  try {
    await file.write(beginning);
    await file.truncate(oversizedBytes);
  } finally {
    await file.close();
  }
}

const zeroRowsPath = 'bad/zero-rows/inputs/zero-rows.sav';

/** Makes the oversized file at `target` (an absolute path): it begins with the data file of `zero-rows` in `root`. */
export async function makeOversized(root: string, target: string): Promise<void> {
  await writeOversized(target, await readFile(join(root, 'files', zeroRowsPath)));
}

async function describeOversized(root: string): Promise<File> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-oversized-'));
  try {
    const target = join(folder, 'oversized.sav');
    await makeOversized(root, target);
    return { path: 'bad/oversized/inputs/oversized.sav', ...(await checksum(target)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Writes the bad bundles under `<root>/files/bad/`, taking documents and intact data from a good one.
 * The oversized file is only described, not kept: `materialise` makes it when it is needed.
 */
export async function buildBad(root: string, good: Bundle): Promise<BadBundle[]> {
  const onDisk = (path: string): string => join(root, 'files', path);
  const intact = await readFile(onDisk(good.files.data.path));
  const { survey, banner } = good.files;
  const write = async (path: string, make: (absolute: string) => Promise<unknown>): Promise<File> => {
    const absolute = onDisk(path);
    await mkdir(dirname(absolute), { recursive: true });
    await make(absolute);
    return { path, ...(await checksum(absolute)) };
  };
  const bad = async (
    name: BadBundle['defect'],
    title: string,
    make: (absolute: string) => Promise<unknown>,
  ): Promise<BadBundle> => ({
    name,
    title,
    defect: name,
    files: { data: await write(`bad/${name}/inputs/${name}.sav`, make), survey, ...(banner ? { banner } : {}) },
  });
  const small = questionnaire(coffee, { naming: 'codes', imageBrands: 0 });
  const bundles = [
    await bad('truncated', 'Data file cut off in the middle of its cases', (path) =>
      writeFile(path, intact.subarray(0, Math.floor(intact.length * 0.7))),
    ),
    await bad('wrong-magic', 'Data file that begins with other bytes than an SPSS file', (path) =>
      writeFile(path, Buffer.concat([Buffer.from('$XX9'), intact.subarray(4, 20_000)])),
    ),
    await bad('zero-rows', 'Data file with a dictionary and no respondents', (path) =>
      writeSav(path, dictionaryOf(small, 'UTF-8'), cases(small, 1, 0)),
    ),
    await bad('renamed-csv', 'Comma-separated text renamed to .sav', (path) => writeFile(path, csv)),
    await bad('stacked', 'Several rows per respondent, one for each brand', (path) =>
      writeSav(path, stackedDictionary(), stackedCases(60)),
    ),
  ];
  const text = await write('bad/wrong-document-type/inputs/coffee-loyalty-questionnaire.txt', (path) =>
    writeFile(path, 'S1. Which of the following best describes you?\n1 Male\n2 Female\n'),
  );
  bundles.push({
    name: 'wrong-document-type',
    title: 'Questionnaire as plain text, which the product does not take',
    defect: 'wrong-document-type',
    files: { data: good.files.data, survey: text },
  });
  bundles.push({
    name: 'oversized',
    title: 'Data file of 110 MiB, over the limit of 100 MB',
    defect: 'oversized',
    files: { data: await describeOversized(root), survey },
  });
  return bundles;
}
