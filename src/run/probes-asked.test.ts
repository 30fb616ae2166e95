import assert from 'node:assert/strict';
import test from 'node:test';
import { probesAsked } from './probes-asked.ts';

const asked = (line: string) => probesAsked(line.split(' ').filter(Boolean), ['duplicate-name'], 'cheap');

test('a run that selects nothing is followed by what the setting says', () => {
  for (const line of ['', '--workers=15', '--headed --workers 15']) assert.equal(asked(line), 'cheap', line);
});

test('probes are named by project, tag or file', () => {
  for (const line of [
    '--project hazards',
    '--project=hazards --workers=2',
    '--grep @hazard-1',
    '-g @duplicate-name',
    'e2e/hazards/duplicate-name.spec.ts',
  ])
    assert.equal(asked(line), 'named', line);
});

test('whoever selects anything else gets no probes', () => {
  for (const line of [
    '--grep @smoke',
    '--grep=@main',
    '--project main',
    'e2e/main.spec.ts',
    '--shard=1/3',
    '--last-failed',
  ])
    assert.equal(asked(line), 'none', line);
});
