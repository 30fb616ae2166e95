import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import test, { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { Door } from './door.ts';
import { Stay, type SessionNews } from './stay.ts';

const minute = 60_000;

/** A stay of an hour in a page that does nothing, whose renewals come to this. */
function stayFor(endsAt: number, renew: Door['renew']): { stay: Stay; news: SessionNews[]; left: number[] } {
  const news: SessionNews[] = [];
  const left: number[] = [];
  const page = Object.assign(new EventEmitter(), {
    context: () => undefined,
    url: () => 'http://product.test/dashboard',
  }) as unknown as Page;
  const unused = (): never => assert.fail('not asked for');
  const door: Door = {
    enter: unused,
    enterAnew: unused,
    comeBack: unused,
    headers: unused,
    renew,
    leave: async (_, __, { signedInAt }) => void left.push(signedInAt),
  };
  const stay = new Stay({
    door,
    page,
    visitor: { email: 'ada@north.test', password: 'hush' },
    baseUrl: 'http://product.test',
    entered: { how: 'form', signedInAt: 0, endsAt },
    tell: (each) => void news.push(each),
  });
  return { stay, news, left };
}
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
};

test('a session is renewed in a pause where there is one in time, else without', async (context) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
  context.after(() => mock.timers.reset());
  let made = 0;
  const { stay, news, left } = stayFor(60 * minute, async () => {
    made += 1;
    return { how: 'form', signedInAt: Date.now(), endsAt: Date.now() + 60 * minute };
  });
  mock.timers.tick(54 * minute);
  await stay.rest();
  assert.equal(made, 0);
  mock.timers.tick(1 * minute);
  await stay.rest();
  assert.equal(made, 1);
  mock.timers.tick(56 * minute);
  await settle();
  assert.equal(made, 1);
  mock.timers.tick(1 * minute);
  await settle();
  assert.equal(made, 2);
  assert.deepEqual(
    news.map(({ what }) => what),
    ['renewed', 'renewed'],
  );
  await stay.end();
  mock.timers.tick(600 * minute);
  await settle();
  assert.equal(made, 2);
  assert.equal(left.length, 1);
});

test('a renewal that fails is told and tried again later, not at every pause', async (context) => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
  context.after(() => mock.timers.reset());
  let made = 0;
  const { stay, news } = stayFor(60 * minute, async () => {
    made += 1;
    throw new Error('Too many attempts');
  });
  mock.timers.tick(55 * minute);
  for (let pause = 0; pause < 5; pause += 1) {
    await stay.rest();
    mock.timers.tick(5000);
    await settle();
  }
  assert.equal(made, 1);
  assert.deepEqual(news, [{ what: 'not-renewed', why: 'Too many attempts' }]);
  mock.timers.tick(3 * minute);
  await settle();
  assert.equal(made, 2);
  await stay.end();
});

test('a session that lasts for a year is not renewed at once, as a timer would be that long', async () => {
  let made = 0;
  const warnings: string[] = [];
  const heard = ({ name }: Error): void => void warnings.push(name);
  process.on('warning', heard);
  const { stay } = stayFor(Date.now() + 400 * 24 * 60 * minute, async () => {
    made += 1;
    return { how: 'form', signedInAt: 0, endsAt: Date.now() + minute };
  });
  await sleep(50);
  process.off('warning', heard);
  assert.equal(made, 0);
  assert.ok(!warnings.includes('TimeoutOverflowWarning'), 'a timer that is too long fires at once, again and again');
  await stay.end();
});

test('who leaves while a renewal is under way hears nothing of it any more', async () => {
  const { stay, news } = stayFor(0, () => Promise.reject(new Error('The page is gone.')));
  const renewing = stay.rest();
  await stay.end();
  await renewing;
  assert.deepEqual(news, []);
});
