import assert from 'node:assert/strict';
import test from 'node:test';
import { rememberFrames } from './stacks.ts';

const hook = Error as unknown as {
  prepareStackTrace: ((error: Error, sites: readonly object[]) => string) | undefined;
};

/** Runs with a preparer of stacks that counts the frames it maps, as a transpiler's does. */
function counting(action: (counted: () => number) => void): void {
  const before = hook.prepareStackTrace;
  let frames = 0;
  hook.prepareStackTrace = (error, sites) => {
    frames += sites.length;
    return [String(error), ...sites.map((site) => `    at mapped ${(site as { toString(): string }).toString()}`)].join(
      '\n',
    );
  };
  try {
    action(() => frames);
  } finally {
    hook.prepareStackTrace = before;
  }
}

const fail = (message: string): string => new Error(message).stack ?? '';

test('a stack reads as it did before, and its frames are mapped once', () => {
  counting((frames) => {
    const stacks: string[] = [];
    for (const remembered of [false, true, true]) {
      if (remembered) rememberFrames();
      const before = frames();
      stacks.push(fail('no'));
      if (stacks.length === 3) assert.equal(frames(), before);
    }
    assert.equal(stacks[1], stacks[0]);
    assert.equal(stacks[2], stacks[0]);
    assert.match(stacks[0] ?? '', /^Error: no\n {4}at mapped fail/);
  });
});

test('without a transpiler there is nothing to remember', () => {
  const before = hook.prepareStackTrace;
  try {
    hook.prepareStackTrace = undefined;
    rememberFrames();
    assert.equal(hook.prepareStackTrace, undefined);
  } finally {
    hook.prepareStackTrace = before;
  }
});
