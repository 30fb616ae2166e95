import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { test } from 'node:test';
import { startChild } from './child-process.ts';

function autogroupOf(pid: number | 'self'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/autogroup`, 'utf8').trim();
  } catch {
    return undefined; // Not Linux, or a kernel without autogroups.
  }
}

test('a child steps back behind everybody else, also where the processor is shared by session', async () => {
  const child = startChild(10, () => undefined);
  try {
    const { pid } = child;
    assert.ok(pid !== undefined);
    assert.equal(getPriority(pid), Math.max(10, getPriority()));
    const group = autogroupOf(pid);
    if (group === undefined) return;
    assert.match(group, / nice 10$/);
    assert.notEqual(group.split(' ')[0], autogroupOf('self')?.split(' ')[0]);
  } finally {
    child.kill();
    await child.ended;
  }
});
