import { createHash, randomBytes } from 'node:crypto';

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const idLength = 32;

/** What a document id looks like: 32 characters of a–z and 0–9, as the product's are. */
export const idPattern = /^[a-z0-9]{32}$/;

/** A fresh, unguessable document id. */
export function newId(): string {
  return fromBytes(randomBytes(idLength));
}

/** The same id for the same seed, for what must come out alike on every first start. */
export function stableId(seed: string): string {
  return fromBytes(createHash('sha256').update(seed).digest());
}

function fromBytes(bytes: Buffer): string {
  let id = '';
  for (const byte of bytes) id += alphabet.charAt(byte % alphabet.length);
  return id;
}
