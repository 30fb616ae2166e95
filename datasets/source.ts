/** Where a run's bundles come from: the project's own, a folder of the user's, or what was fetched from a store. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { loadCatalog, pick } from './catalog.ts';
import type { Bundle, SurveyBundle } from './catalog-schema.ts';
import { findBundles, type FileRole } from './find-bundles.ts';
import { factsOf, OwnDataError, type FileFacts } from './own/facts.ts';
import { cachedPath, readList } from './store/cache.ts';

export type Source =
  | { readonly kind: 'local' }
  /** `cache`: where facts of its files are kept. */
  | { readonly kind: 'folder'; readonly folder: string; readonly cache: string }
  /** `fetched`: the store's folder in the cache, which set-up has filled. */
  | { readonly kind: 'store'; readonly fetched: string; readonly cache: string };

/** Files of a bundle before it is known what they are. */
interface Candidate {
  readonly name: string;
  readonly files: readonly { readonly role: FileRole; readonly path: string }[];
}

/**
 * The bundles of these names, in their order; all when none are given. A bundle that is the catalog's, file by file, is known
 * like the catalog's; any other is the user's own.
 * @throws an Error with a sentence for people: no such bundle, nothing ready, data that cannot be read.
 */
export async function bundlesFrom(source: Source, names: readonly string[]): Promise<SurveyBundle[]> {
  if (source.kind === 'local') return pick(names);
  if (source.kind === 'folder' && (await isFile(path.join(source.folder, 'catalog.json'))))
    return (await pick(names, source.folder)).map((bundle) => at(bundle, source.folder));
  const candidates = chosen(await candidatesOf(source), names);
  const { bundles: catalog } = await loadCatalog();
  return Promise.all(candidates.map((candidate) => describe(candidate, catalog, source.cache)));
}

async function candidatesOf(source: Exclude<Source, { kind: 'local' }>): Promise<Candidate[]> {
  if (source.kind === 'store')
    return (await readList(source.fetched)).map(({ name, files }) => ({
      name,
      files: files.map(({ role, filename }) => ({ role, path: cachedPath(source.fetched, name, filename) })),
    }));
  const ready = (await findBundles(source.folder)).filter((bundle) => bundle.ready);
  if (ready.length === 0)
    throw new OwnDataError(
      `No folder in ${source.folder} is a bundle: one needs a .sav file and a .docx or .pdf document that has survey, questionnaire, qre or qnr in its name.`,
    );
  return ready;
}

function chosen(candidates: readonly Candidate[], names: readonly string[]): readonly Candidate[] {
  if (names.length === 0) return candidates;
  return names.map((name) => {
    const found = candidates.find((candidate) => candidate.name === name);
    if (!found)
      throw new OwnDataError(
        `There is no bundle "${name}" that is ready. There are: ${candidates.map((candidate) => candidate.name).join(', ')}.`,
      );
    return found;
  });
}

async function describe({ name, files }: Candidate, catalog: readonly Bundle[], cache: string): Promise<SurveyBundle> {
  const described = new Map<FileRole, { readonly file: Bundle['files']['data']; readonly facts: FileFacts }>();
  for (const { role, path: file } of files) {
    const facts = await factsOf(file, { bundle: name, isData: role === 'sav', cache });
    described.set(role, { file: { path: file, sha256: facts.sha256, sizeBytes: facts.sizeBytes }, facts });
  }
  const data = described.get('sav');
  const survey = described.get('survey');
  const banner = described.get('banner');
  if (!data || !survey) throw new OwnDataError(`${name} lacks a data file or a survey document.`);
  const its = { data: data.file, survey: survey.file, ...(banner ? { banner: banner.file } : {}) };
  const known = catalog.find((bundle) => isSame(bundle, name, its));
  if (known) return { ...known, files: its };
  const { respondents, variables } = data.facts;
  if (respondents === undefined || variables === undefined)
    throw new Error(`Nothing is known of the data file of ${name}.`);
  return { own: true, name, title: name, files: its, respondents, variables };
}

function isSame({ name, files }: Bundle, other: string, its: Bundle['files']): boolean {
  const same = (role: keyof Bundle['files']): boolean => files[role]?.sha256 === its[role]?.sha256;
  return name === other && same('data') && same('survey') && same('banner');
}

/** A bundle of another folder than the project's: its files by absolute paths. */
function at(bundle: Bundle, folder: string): Bundle {
  const absolute = (file: Bundle['files']['data']): Bundle['files']['data'] => ({
    ...file,
    path: path.resolve(folder, 'files', file.path),
  });
  const { data, survey, banner } = bundle.files;
  return {
    ...bundle,
    files: { data: absolute(data), survey: absolute(survey), ...(banner ? { banner: absolute(banner) } : {}) },
  };
}

async function isFile(place: string): Promise<boolean> {
  return stat(place).then(
    (found) => found.isFile(),
    () => false,
  );
}
