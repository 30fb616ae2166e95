import assert from 'node:assert/strict';
import test from 'node:test';
import { probesAsked, readProbesAsked } from './probes-asked.ts';
import { parseSettings } from './settings.ts';

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
    '--grep-invert @main',
    '-g @smoke',
    '-gv @main',
    '--only-changed',
    '--only-changed=main',
    '--test-list tests.txt',
    'main.spec.ts',
    'e2e',
  ])
    assert.equal(asked(line), 'none', line);
});

test('what merely begins like an option that selects does not select', () => {
  for (const line of ['--projects-folder=x', '--shards', 'e2ee']) assert.equal(asked(line), 'cheap', line);
});

test('the first process that asks decides, for its workers too; a journey that creates nothing is followed by none', () => {
  const ask = (environment: Record<string, string>): string => readProbesAsked([], parseSettings(environment));
  const before = process.env['MUSTER_PROBES'];
  try {
    delete process.env['MUSTER_PROBES'];
    assert.equal(ask({ PROBES: 'all', JOURNEY: 'browse' }), 'none');
    assert.equal(ask({ PROBES: 'all' }), 'none', 'decided already');
    delete process.env['MUSTER_PROBES'];
    assert.equal(ask({ PROBES: 'all' }), 'all');
  } finally {
    if (before === undefined) delete process.env['MUSTER_PROBES'];
    else process.env['MUSTER_PROBES'] = before;
  }
});
