import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { publish, publishedTable, readPublished, type Publication } from './published.ts';

const density: Publication = {
  bench: 'density',
  measuredAt: '2026-11-21',
  host: { cores: 2, memoryGiB: 24, node: '20.20.2', browser: 'Chromium 156' },
  command: 'npm run bench:density',
  columns: [
    { key: 'setUp', title: 'set-up' },
    { key: 'memory', title: 'memory', unit: 'MB' },
    { key: 'cpu', title: 'CPU-seconds', digits: 1 },
  ],
  rows: [
    { setUp: 'Muster | 15', memory: { value: 1234.4, low: 80, high: 1300 }, cpu: 2.04 },
    { setUp: 'plain', memory: null, cpu: -0.01 },
  ],
};

async function inFolder(work: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-published-'));
  try {
    await work(path.join(folder, 'published.json'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a table rounds to the digits of its column, shows what lies around a figure, and a dash for what was not measured', () => {
  assert.equal(
    publishedTable(density),
    [
      '| set-up | memory | CPU-seconds |',
      '|---|---:|---:|',
      '| Muster \\| 15 | 1,234 MB (80 to 1,300) | 2.0 |',
      '| plain | – | 0.0 |',
      '',
      'Measured on 2026-11-21: 2 cores, 24 GiB, Node 20.20.2, Chromium 156. `npm run bench:density`',
    ].join('\n'),
  );
});

test('what was measured once has no range, and the line below says how often it was', () => {
  const once = { ...density, often: 'once each', rows: [{ setUp: 'plain', memory: { value: 80, low: 80, high: 80 } }] };
  const table = publishedTable(once);
  assert.match(table, /^\| plain \| 80 MB \| – \|$/m);
  assert.match(table, /^Measured on 2026-11-21, once each: 2 cores/m);
});

test('what a bench publishes takes the place of its own last figures alone', async () => {
  await inFolder(async (file) => {
    assert.deepEqual(readPublished(file), []);
    publish(density, file);
    publish({ ...density, bench: 'accuracy' }, file);
    publish({ ...density, measuredAt: '2026-12-01' }, file);
    assert.deepEqual(
      readPublished(file).map(({ bench, measuredAt }) => [bench, measuredAt]),
      [
        ['accuracy', '2026-11-21'],
        ['density', '2026-12-01'],
      ],
    );
  });
});

test('figures that are none are refused, on the way in and on the way out', async () => {
  await inFolder(async (file) => {
    publish(density, file);
    const before = await readFile(file, 'utf8');
    assert.throws(() => publish({ ...density, rows: [{ memory: NaN }] }, file));
    assert.equal(await readFile(file, 'utf8'), before);
    await writeFile(file, JSON.stringify([{ ...density, rows: [] }]));
    assert.throws(() => readPublished(file), /published\.json cannot be read/);
  });
});
