import assert from 'node:assert/strict';
import { test } from 'node:test';
import { algorithms, composite, createHasher, isChecksum } from './checksums.ts';

/** Of `123456789`: the check values of the catalogue of CRC algorithms (CRC-32/ISO-HDLC, CRC-32/ISCSI, CRC-64/NVME) and of FIPS 180. */
const known = {
  CRC32: 'cbf43926',
  CRC32C: 'e3069283',
  CRC64NVME: 'ae8b14860a799888',
  SHA1: 'f7c3bc1d808e04732adf679965ccc34ca7ae3441',
  SHA256: '15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225',
};

for (const algorithm of algorithms) {
  test(`${algorithm}, in one piece and in several`, () => {
    for (const pieces of [['123456789'], ['1234', '', '56789'], [...'123456789']]) {
      const hasher = createHasher(algorithm);
      for (const piece of pieces) hasher.update(Buffer.from(piece));
      assert.equal(hasher.digest().toString('hex'), known[algorithm]);
    }
  });
}

test('a checksum of checksums tells how many they were', () => {
  const part = Buffer.from(known.CRC32, 'hex').toString('base64');
  const hasher = createHasher('CRC32');
  hasher.update(Buffer.from(known.CRC32 + known.CRC32, 'hex'));
  assert.equal(composite('CRC32', [part, part]), `${hasher.digest().toString('base64')}-2`);
});

test('what is not base64 of the right length is no checksum', () => {
  assert.ok(isChecksum('CRC32', 'AAAAAA=='));
  for (const text of ['', 'AAAAAA', 'AAAA', 'AAAAAAA=', 'AAAA AA==', '********'])
    assert.ok(!isChecksum('CRC32', text), text);
});
