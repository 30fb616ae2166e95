/** The manifest of the store, version 1: what datasets there are. The product's own load-test page reads it too. */
import { z } from 'zod';
import type { FoundBundle } from '../find-bundles.ts';
import { StoreError } from './errors.ts';

const room = 'dev-test';
export const manifestKey = `${room}/manifest.json`;
/** What all keys begin with. */
export const keyPrefix = `${room}/`;

export function keyOf(name: string, filename: string): string {
  return `${room}/${name}/${filename}`;
}

/** A key in words that do not tell a file's name, which is the business of whoever owns it. */
export function wordsFor(key: string): string {
  const [place, name, ...rest] = key.split('/');
  return place === room && name !== undefined && rest.length > 0 ? `a file of ${name}` : key;
}

/** A name that is one part of a path and no more: what a store says becomes files on this machine. */
// eslint-disable-next-line no-control-regex
const plainName = /^(?!\.{1,2}$)[^/\\\u0000-\u001f]{1,255}$/;
const namePart = z.string().regex(plainName, 'is no plain name');

const fileSchema = z.object({
  filename: namePart,
  role: z.enum(['sav', 'survey', 'banner']),
  r2Key: z.string(),
  sizeBytes: z.int().nonnegative(),
});

const datasetSchema = z
  .object({
    name: namePart,
    ready: z.boolean(),
    hasBanner: z.boolean(),
    files: z.array(fileSchema),
  })
  .refine(({ name, files }) => files.every(({ filename, r2Key }) => r2Key === keyOf(name, filename)), {
    message: `has a file whose key is not ${room}/<name>/<filename>`,
  });

export const manifestSchema = z.object({
  version: z.literal(1),
  generatedAt: z.iso.datetime(),
  datasets: z.array(datasetSchema),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type Dataset = Manifest['datasets'][number];

/** The manifest of these bundles; those that are not ready are left out. */
export function manifestOf(bundles: readonly FoundBundle[], now: Date): Manifest {
  return {
    version: 1,
    generatedAt: now.toISOString(),
    datasets: bundles
      .filter(({ ready }) => ready)
      .map(({ name, ready, hasBanner, files }) => ({
        name,
        ready,
        hasBanner,
        files: files.map(({ filename, role, sizeBytes }) => ({
          filename,
          role,
          r2Key: keyOf(name, filename),
          sizeBytes,
        })),
      })),
  };
}

/** @throws StoreError when the text is no manifest of version 1. */
export function readManifest(text: string, place: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    const why = issue ? `${issue.path.join('.') || 'the whole'} ${issue.message}` : 'it is not JSON';
    throw new StoreError(
      `${place} is no manifest of version 1 (${why}): upload the bundles again with: npm run datasets -- upload`,
      { cause },
    );
  }
}
