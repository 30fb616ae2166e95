import { mkdir, open, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyRequest } from 'fastify';
import type { MultipartFile } from '@fastify/multipart';
import { newId } from '../store/index.ts';
import { HttpProblem } from './context.ts';

const megabyte = 1024 * 1024;
const maximumBody = 100 * megabyte;

/** The files a form may bring, with the product's limits. */
export const uploadFields = {
  dataFile: { label: 'Data file (.sav)', maximum: 100 * megabyte },
  surveyDocument: { label: 'Survey document', maximum: 25 * megabyte },
  bannerPlan: { label: 'Banner plan', maximum: 25 * megabyte },
  messageList: { label: 'Message list', maximum: 10 * megabyte },
} as const;
export type UploadField = keyof typeof uploadFields;

export interface Upload {
  /** The name it was uploaded under. */
  name: string;
  /** With its dot, in lower case. */
  extension: string;
  path: string;
  bytes: number;
}

export interface ReceivedForm {
  /** Holds the uploaded files; whoever keeps it moves it away. */
  folder: string;
  files: Partial<Record<UploadField, Upload>>;
  fields: Map<string, string>;
}

/** Sees the fields that have come so far: before each file is received, and when all are. */
type Look = (fields: ReadonlyMap<string, string>) => void;

/** How large something is that is over its limit; never the limit itself, however little it is over. */
const oversize = (bytes: number, maximum: number): string =>
  `${Math.max(Math.round(bytes / megabyte), maximum / megabyte + 1)}MB`;
const limit = (maximum: number): string => `${maximum / megabyte}MB`;

function bodyTooLarge(bytes: number): HttpProblem {
  return new HttpProblem(413, `Upload too large (${oversize(bytes, maximumBody)}). Maximum is ${limit(maximumBody)}.`);
}

/**
 * Streams a multipart form to disk, lets `use` work with it, and takes away whatever `use` left in its folder, however
 * it ends: an upload that breaks off leaves nothing behind.
 * @throws HttpProblem 413 when the body is too large; what is not a form counts as an empty one.
 */
export async function withForm<T>(
  request: FastifyRequest,
  incoming: string,
  use: (form: ReceivedForm) => Promise<T>,
  look: Look = () => undefined,
): Promise<T> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > maximumBody) throw bodyTooLarge(announced);
  const folder = join(incoming, newId());
  await mkdir(folder, { recursive: true });
  try {
    return await use(await receive(request, folder, look));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function receive(request: FastifyRequest, folder: string, look: Look): Promise<ReceivedForm> {
  const form: ReceivedForm = { folder, files: {}, fields: new Map() };
  if (!request.isMultipart()) return form;
  let total = 0;
  const count = (bytes: number): void => {
    total += bytes;
    if (total > maximumBody) throw bodyTooLarge(total);
  };
  for await (const part of request.parts({
    limits: { fileSize: Number.POSITIVE_INFINITY, fieldSize: megabyte, files: 16, fields: 64 },
  })) {
    if (part.type === 'field') {
      if (!form.fields.has(part.fieldname)) form.fields.set(part.fieldname, String(part.value));
      continue;
    }
    look(form.fields);
    const wanted =
      isUploadField(part.fieldname) && form.files[part.fieldname] === undefined && part.filename !== ''
        ? part.fieldname
        : undefined;
    const upload = await store(part, wanted, folder, count);
    if (wanted !== undefined && upload !== undefined) form.files[wanted] = upload;
  }
  look(form.fields);
  return form;
}

function isUploadField(name: string): name is UploadField {
  return Object.hasOwn(uploadFields, name);
}

/** Writes a part as far as its limit goes and counts the rest, so that the refusal can tell its size. */
async function store(
  part: MultipartFile,
  field: UploadField | undefined,
  folder: string,
  count: (bytes: number) => void,
): Promise<Upload | undefined> {
  const extension = extname(part.filename).toLowerCase();
  const path = join(folder, `${field ?? 'unwanted'}${/^\.[a-z0-9]{1,8}$/.test(extension) ? extension : ''}`);
  const file = field === undefined ? undefined : await open(path, 'w');
  let bytes = 0;
  try {
    for await (const chunk of part.file as AsyncIterable<Buffer>) {
      count(chunk.length);
      bytes += chunk.length;
      if (file && field && bytes <= uploadFields[field].maximum) await file.write(chunk);
    }
  } finally {
    await file?.close();
  }
  return field && { name: part.filename, extension, path, bytes };
}

/** @throws HttpProblem 413, naming every file that is over its limit. */
export function requireSizes(files: ReceivedForm['files']): void {
  const complaints = Object.entries(uploadFields).flatMap(([field, { label, maximum }]) => {
    const bytes = files[field as UploadField]?.bytes ?? 0;
    return bytes > maximum
      ? [`${label} is too large (${oversize(bytes, maximum)}). Maximum is ${limit(maximum)}.`]
      : [];
  });
  if (complaints.length > 0) throw new HttpProblem(413, complaints.join(' '));
}
