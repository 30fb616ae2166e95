import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { BadBundle } from '../catalog-schema.ts';
import { bundleFiles, loadCatalog } from '../catalog.ts';
import { checksum } from '../checksum.ts';
import { materialise } from '../materialise.ts';
import { openSav, readSav, SavError } from '../sav/index.ts';

const { bad } = await loadCatalog();
const find = (defect: BadBundle['defect']): BadBundle => {
  const found = bad.find((candidate) => candidate.defect === defect);
  assert.ok(found, `there is a bundle that is ${defect}`);
  return found;
};
let cache: string;
before(async () => {
  cache = await mkdtemp(join(tmpdir(), 'muster-bad-'));
});
after(() => rm(cache, { recursive: true, force: true }));

describe('bad bundles', () => {
  for (const defect of ['truncated', 'wrong-magic', 'renamed-csv'] as const) {
    it(`${defect}: cannot be read`, () => assert.rejects(readSav(bundleFiles(find(defect)).data), SavError));
  }

  it('truncated: its dictionary can be read, its cases end early', async () => {
    const file = await openSav(bundleFiles(find('truncated')).data);
    assert.ok(file.header.variables.length > 50);
    await file.close();
  });

  it('zero-rows: has variables and no respondents', async () => {
    const data = await readSav(bundleFiles(find('zero-rows')).data);
    assert.equal(data.caseCount, 0);
    assert.ok(data.header.variables.length > 50);
  });

  it('stacked: respondents repeat, once for each brand', async () => {
    const data = await readSav(bundleFiles(find('stacked')).data);
    const ids = [...(data.columns.get('RESPID') ?? [])];
    const brands = [...(data.columns.get('BRAND') ?? [])];
    assert.equal(ids.length, 360);
    assert.equal(new Set(ids).size, 60);
    assert.equal(new Set(ids.map((id, row) => `${id} ${brands[row] ?? ''}`)).size, 360);
  });

  it('wrong-document-type: its questionnaire is plain text, its data are sound', async () => {
    const { data, survey } = bundleFiles(find('wrong-document-type'));
    assert.match(survey, /questionnaire\.txt$/);
    assert.match(await readFile(survey, 'utf8'), /^S1\. /);
    assert.ok((await readSav(data)).caseCount > 0);
  });

  it('oversized: is made on demand, over 100 MB however counted, and found again', async () => {
    const item = find('oversized');
    const made = await Promise.all([materialise(item, cache), materialise(item, cache)]);
    assert.deepEqual(made[0], made[1]);
    const { sha256, sizeBytes } = await checksum(made[0].data);
    assert.ok(sizeBytes > 100 * 1024 * 1024);
    assert.deepEqual({ sha256, sizeBytes }, { sha256: item.files.data.sha256, sizeBytes: item.files.data.sizeBytes });
    assert.equal((await materialise(item, cache)).data, made[0].data);
    assert.deepEqual(await materialise(find('stacked'), cache), bundleFiles(find('stacked')));
  });
});
