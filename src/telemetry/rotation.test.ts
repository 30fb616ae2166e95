import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
  closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { changeFile, isElsewhere, keptMs } from './rotation.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'muster-rotation-'));
after(() => rmSync(folder, { recursive: true }));

test('sixteen processes write across rotations and one is killed: every acknowledged record once, no torn line', async () => {
  const file = path.join(folder, 'many', 'shared.jsonl');
  const records = 10_000;
  // Says how many records it has been promised; the last promise before a kill is a lower bound.
  const writer = `
    import { openRecorder } from ${JSON.stringify(new URL('./recorder.ts', import.meta.url).href)};
    import { writeSync } from 'node:fs';
    const recorder = openRecorder({ file: ${JSON.stringify(file)}, runId: 'r1', analyst: process.argv[1], attempt: 1, rotateBytes: 4_000_000 });
    for (let index = 0; index < ${records}; index += 1) {
      recorder.record({ type: 'error', source: 'page', message: index + ' ' + 'x'.repeat(index % 150) });
      if (index % 50 === 49) writeSync(1, (index + 1) + '\\n');
    }`;
  const promised = new Map<string, number>();
  const names = Array.from({ length: 16 }, (_, index) => `writer-${index}`);
  await Promise.all(
    names.map(async (name) => {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', '--input-type=module', '-e', writer.replaceAll('\\\\', '\\'), name],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      child.stdout.on('data', (chunk: Buffer) => {
        const last = Number(chunk.toString().trim().split('\n').at(-1));
        promised.set(name, Math.max(promised.get(name) ?? 0, last));
        if (name === 'writer-7' && last > 2_000) child.kill('SIGKILL');
      });
      await once(child, 'close');
    }),
  );
  const files = readdirSync(path.dirname(file));
  assert.ok(files.length > 3, `there were rotations: ${files.join(', ')}`);
  const seen = new Map<string, Set<number>>(names.map((name) => [name, new Set()]));
  for (const one of files) {
    const text = readFileSync(path.join(path.dirname(file), one), 'utf8');
    assert.ok(text === '' || text.endsWith('\n'));
    for (const line of text.split('\n').slice(0, -1)) {
      const { analyst, message } = JSON.parse(line) as { analyst: string; message: string };
      const index = Number.parseInt(message, 10);
      assert.equal(seen.get(analyst)?.has(index), false, `${analyst} ${index} is there twice`);
      seen.get(analyst)?.add(index);
    }
  }
  for (const name of names) {
    const indexes = seen.get(name) ?? new Set();
    const sure = promised.get(name) ?? 0;
    if (name === 'writer-7')
      assert.ok(sure > 2_000 && indexes.size < records, 'it was killed in the middle of its work');
    else assert.equal(sure, records);
    for (let index = 0; index < sure; index += 1) assert.ok(indexes.has(index), `${name} ${index} is lost`);
  }
});

test('what was put aside is kept for seven days; other files are left alone', () => {
  const file = path.join(folder, 'day.jsonl');
  const now = Date.now();
  const aside = (name: string, ageMs: number): void => {
    writeFileSync(path.join(folder, name), 'x');
    utimesSync(path.join(folder, name), (now - ageMs) / 1000, (now - ageMs) / 1000);
  };
  aside('day.1-1.jsonl', keptMs + 60_000);
  aside('day.2-1.jsonl', keptMs - 60_000);
  aside('day.of.notes.jsonl', keptMs * 2);
  aside('another.1-1.jsonl', keptMs * 2);
  writeFileSync(file, 'twenty bytes and more');
  const descriptor = openSync(file, 'a');
  assert.equal(isElsewhere(file, descriptor, 1_000), false);
  assert.equal(isElsewhere(file, descriptor, 20), true);
  const next = changeFile(file, descriptor, 20, now);
  assert.deepEqual(
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .sort(),
    ['another.1-1.jsonl', `day.${now}-${process.pid}.jsonl`, 'day.2-1.jsonl', 'day.jsonl', 'day.of.notes.jsonl'].sort(),
  );
  assert.equal(readFileSync(file, 'utf8'), '');
  closeSync(next);
});

test('a writer follows when another has put its file aside', () => {
  const file = path.join(folder, 'two.jsonl');
  writeFileSync(file, 'x'.repeat(50));
  const [one, other] = [openSync(file, 'a'), openSync(file, 'a')];
  const first = changeFile(file, one, 20);
  assert.equal(isElsewhere(file, other, 1_000), true);
  const second = changeFile(file, other, 20);
  assert.equal(readdirSync(folder).filter((name) => name.startsWith('two.')).length, 2);
  for (const descriptor of [first, second]) closeSync(descriptor);
});
