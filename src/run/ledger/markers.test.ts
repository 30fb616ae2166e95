import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectName } from '../identity.ts';
import { foreignMarkers, markerOf } from './markers.ts';

const homes = new Map([
  ['analyst-01', 'north'],
  ['analyst-02', 'south'],
  ['analyst-03', 'north'],
  ['analyst-10', 'south'],
]);
const find = foreignMarkers('abc12345', 'analyst-01', homes);
const owners = (text: string): string[] => find(text).map(({ owner }) => owner);
const nameOf = (analyst: string, shard = ''): string =>
  projectName(`Muster 2026-03-01 abc12345${shard}`, analyst, 'coffee');

test('own and colleagues’ data are no news; those of another organisation are, each once', () => {
  assert.deepEqual(owners(`${nameOf('analyst-01')} ${nameOf('analyst-03')} ${markerOf('abc12345', 'analyst-03')}`), []);
  assert.deepEqual(owners(`${nameOf('analyst-02')}, ${nameOf('analyst-02')}, ${markerOf('abc12345', 'analyst-10')}`), [
    'analyst-02',
    'analyst-10',
  ]);
});

test('names are known as they stand in JSON, in addresses and in markup, and of shards', () => {
  const name = nameOf('analyst-02');
  const written = [
    JSON.stringify({ name }),
    JSON.stringify({ name }).replace('—', '\\u2014'),
    `/download?name=${encodeURIComponent(name)}`,
    `?${new URLSearchParams({ name }).toString()}`,
    name.replace('—', '&mdash;'),
    nameOf('analyst-02', ' s2'),
  ];
  for (const text of written) assert.deepEqual(owners(text), ['analyst-02'], text);
});

test('a token is told apart from what follows it; other runs and unknown analysts are not this run’s', () => {
  assert.deepEqual(owners(`${markerOf('abc12345', 'analyst-02')}12 tables`), ['analyst-02']);
  assert.deepEqual(owners('abc12345-analyst-021'), []);
  assert.deepEqual(owners(markerOf('zzz', 'analyst-02')), []);
  assert.deepEqual(owners('abc12345 abc12345 — analyst-99 coffee'), []);
});

test('the excerpt shows the place', () => {
  const [found] = find(`${'x'.repeat(500)}secret ${markerOf('abc12345', 'analyst-02')}${'y'.repeat(500)}`);
  assert.match(found?.excerpt ?? '', /xsecret mk-abc12345-analyst-02-mky/);
  assert.ok((found?.excerpt.length ?? 0) <= 120);
});
