import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export const algorithms = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type Algorithm = (typeof algorithms)[number];

/** What a checksum of an object made of parts is of: of all its bytes, or of the checksums of its parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface Checksum {
  readonly algorithm: Algorithm;
  readonly type: ChecksumType;
  /** Base64; a composite one ends in `-` and the number of parts. */
  readonly value: string;
}

/** Takes bytes piece by piece. */
export interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(): Buffer;
}

const lengths: Readonly<Record<Algorithm, number>> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 };

export function isAlgorithm(text: string): text is Algorithm {
  return (algorithms as readonly string[]).includes(text);
}

/** Whether a text can be such a checksum: base64 of as many bytes. */
export function isChecksum(algorithm: Algorithm, text: string): boolean {
  return isBase64Of(lengths[algorithm], text);
}

/** Whether a text is base64, padded as it should be, of so many bytes. */
export function isBase64Of(bytes: number, text: string): boolean {
  const decoded = Buffer.from(text, 'base64');
  return decoded.length === bytes && decoded.toString('base64') === text;
}

export function createHasher(algorithm: Algorithm): Hasher {
  switch (algorithm) {
    case 'CRC32':
      return cyclic(crc32);
    case 'CRC32C':
      return cyclic(crc32c);
    case 'CRC64NVME':
      return crc64();
    case 'SHA1':
    case 'SHA256':
      return createHash(algorithm.toLowerCase());
  }
}

/** The checksum of the parts' checksums (base64, in order). */
export function composite(algorithm: Algorithm, parts: readonly string[]): string {
  const hasher = createHasher(algorithm);
  for (const part of parts) hasher.update(Buffer.from(part, 'base64'));
  return `${hasher.digest().toString('base64')}-${parts.length}`;
}

function cyclic(next: (bytes: Uint8Array, crc: number) => number): Hasher {
  let crc = 0;
  return {
    update: (bytes) => {
      crc = next(bytes, crc);
    },
    digest: () => {
      const digest = Buffer.alloc(4);
      digest.writeUInt32BE(crc);
      return digest;
    },
  };
}

/** RFC 3720's polynomial, reflected. */
const castagnoli = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? 0x82f63b78 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

function crc32c(bytes: Uint8Array, crc: number): number {
  let rest = ~crc;
  for (const byte of bytes) rest = (castagnoli[(rest ^ byte) & 0xff] ?? 0) ^ (rest >>> 8);
  return ~rest >>> 0;
}

/** The polynomial of the NVM Express specification (Rocksoft), reflected, in two halves: bigints would be far too slow. */
const [rocksoftHigh, rocksoftLow] = rocksoft();

function rocksoft(): [Uint32Array, Uint32Array] {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte += 1) {
    let rest = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) rest = rest & 1n ? 0x9a6c9329ac4bc9b5n ^ (rest >> 1n) : rest >> 1n;
    high[byte] = Number(rest >> 32n);
    low[byte] = Number(rest & 0xffffffffn);
  }
  return [high, low];
}

function crc64(): Hasher {
  let high = ~0;
  let low = ~0;
  return {
    update: (bytes) => {
      for (const byte of bytes) {
        const entry = (low ^ byte) & 0xff;
        low = (rocksoftLow[entry] ?? 0) ^ ((low >>> 8) | (high << 24));
        high = (rocksoftHigh[entry] ?? 0) ^ (high >>> 8);
      }
    },
    digest: () => {
      const digest = Buffer.alloc(8);
      digest.writeUInt32BE(~high >>> 0, 0);
      digest.writeUInt32BE(~low >>> 0, 4);
      return digest;
    },
  };
}
