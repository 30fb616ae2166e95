import assert from 'node:assert/strict';
import test from 'node:test';
import { complaint, OutOfTime, sweep, unproved, type ListedProject, type OrganizationAdmin } from './cleanup.ts';

const prefix = 'Muster 2026-11-21 a';

/** A product in memory; `deaf` cleanup deletes nothing, a `stubborn` project cannot be deleted at all. */
class FakeAdmin implements OrganizationAdmin {
  readonly organization = 'north';
  readonly log: string[] = [];
  projects: ListedProject[];
  deaf = false;
  stubborn: string | undefined;
  onRefresh: (() => void) | undefined;

  constructor(projects: readonly (readonly [name: string, active: boolean])[]) {
    this.projects = projects.map(([name, active], index) => ({
      projectId: `p${index}`,
      name,
      productRunId: `r${index}`,
      active,
    }));
  }

  list(): ListedProject[] {
    return this.projects;
  }
  async refresh(): Promise<void> {
    this.onRefresh?.();
  }
  async cancel(productRunId: string): Promise<void> {
    this.log.push(`cancel ${productRunId}`);
    this.projects = this.projects.map((project) =>
      project.productRunId === productRunId ? { ...project, active: false } : project,
    );
  }
  async deleteByPrefix(given: string): Promise<void> {
    assert.ok(
      !this.projects.some(({ name, active }) => active && name.startsWith(`${given} — `)),
      'nothing may be active when it is deleted',
    );
    this.log.push('cleanup');
    if (!this.deaf)
      this.projects = this.projects.filter(
        ({ name, projectId }) => !name.startsWith(`${given} — `) || projectId === this.stubborn,
      );
  }
  async delete(projectId: string): Promise<void> {
    this.log.push(`delete ${projectId}`);
    if (projectId === this.stubborn) throw new Error('it was answered with 500');
    this.projects = this.projects.filter((project) => project.projectId !== projectId);
  }
}

const options = { prefix, deadlineMs: 1000, uncertain: false, lookMs: 5 };

test('cancels what is active, then deletes ours and nothing else', async () => {
  const admin = new FakeAdmin([
    [`${prefix} — one`, true],
    [`${prefix} — two`, false],
    [`${prefix}b — other run`, true],
    ['My survey', false],
  ]);
  const swept = await sweep(admin, options);
  assert.deepEqual(admin.log, ['cancel r0', 'cleanup']);
  assert.deepEqual(
    admin.projects.map(({ name }) => name),
    [`${prefix}b — other run`, 'My survey'],
  );
  assert.deepEqual(swept.remaining, []);
  assert.deepEqual(swept.deleted, [`${prefix} — one`, `${prefix} — two`]);
  assert.equal(complaint([swept]), undefined);
  assert.equal(swept.looked, true);
});

test('a run that goes on although it was cancelled is named as stuck; one that merely had too little time is not', async () => {
  const unheard = (): FakeAdmin => {
    const admin = new FakeAdmin([[`${prefix} — one`, true]]);
    admin.cancel = () => Promise.resolve();
    return admin;
  };
  const swept = await sweep(unheard(), { ...options, endingMs: 20 });
  assert.deepEqual(swept.stuck, [`${prefix} — one`]);
  assert.deepEqual((await sweep(unheard(), { ...options, deadlineMs: 50 })).stuck, []);
});

test('nothing to delete asks for nothing', async () => {
  const admin = new FakeAdmin([['My survey', false]]);
  await sweep(admin, options);
  assert.deepEqual(admin.log, []);
});

test('what the product’s own cleanup leaves is deleted one by one', async () => {
  const admin = new FakeAdmin([[`${prefix} — one`, false]]);
  admin.deaf = true;
  const swept = await sweep(admin, { ...options, deadlineMs: 20_000 });
  assert.deepEqual(admin.log, ['cleanup', 'delete p0']);
  assert.deepEqual(swept.remaining, []);
});

test('a project that cannot be deleted is named, with the reason', async () => {
  const admin = new FakeAdmin([[`${prefix} — one`, false]]);
  admin.stubborn = 'p0';
  const swept = await sweep(admin, options);
  assert.deepEqual(swept.remaining, [`${prefix} — one`]);
  assert.match(complaint([swept]) ?? '', /1 project remains in north: Muster 2026-11-21 a — one\..*answered with 500/);
});

test('a product that asks to wait longer than there is time is asked no more, and what is left is named', async () => {
  const admin = new FakeAdmin([
    [`${prefix} — one`, false],
    [`${prefix} — two`, false],
    [`${prefix} — three`, false],
  ]);
  admin.deaf = true;
  let allowed = 1;
  const remove = admin.delete.bind(admin);
  admin.delete = async (projectId) => {
    if (allowed === 0) admin.log.push(`refused ${projectId}`);
    if (allowed === 0) throw new OutOfTime('it was answered with 429, and asks to wait 598 s');
    allowed -= 1;
    await remove(projectId);
  };
  const swept = await sweep(admin, { ...options, deadlineMs: 60_000 });
  assert.deepEqual(admin.log, ['cleanup', 'delete p0', 'refused p1']);
  assert.deepEqual(swept.remaining, [`${prefix} — two`, `${prefix} — three`]);
  assert.match(complaint([swept]) ?? '', /2 projects remain in north.*asks to wait 598 s/);
});

test('a launch that arrives late is deleted too', async () => {
  const admin = new FakeAdmin([[`${prefix} — one`, false]]);
  let looks = 0;
  admin.onRefresh = () => {
    looks += 1;
    if (looks === 2)
      admin.projects = [
        ...admin.projects,
        { projectId: 'late', name: `${prefix} — late`, productRunId: 'r9', active: true },
      ];
  };
  const swept = await sweep(admin, options);
  assert.deepEqual(admin.projects, []);
  assert.deepEqual(swept.deleted, [`${prefix} — one`, `${prefix} — late`]);
});

test('two projects of one name are listed twice', async () => {
  const admin = new FakeAdmin([
    [`${prefix} — one`, false],
    [`${prefix} — one`, true],
  ]);
  const swept = await sweep(admin, options);
  assert.deepEqual(swept.listed, [`${prefix} — one`, `${prefix} — one`]);
  assert.deepEqual(swept.deleted, swept.listed);
});

test('a project of another organisation that the list shows is tried once, named, and not waited for', async () => {
  const [own, theirs] = [`${prefix} — one`, `${prefix} — theirs`];
  const admin = new FakeAdmin([
    [own, true],
    [theirs, true],
  ]);
  // The product does not let this admin touch it.
  admin.deleteByPrefix = async () => {
    admin.projects = admin.projects.filter(({ name }) => name !== own);
  };
  admin.delete = async (projectId) => void admin.log.push(`delete ${projectId}`);
  const swept = await sweep(admin, { ...options, deadlineMs: 60_000, elsewhere: (name) => name === theirs });
  assert.deepEqual(admin.log, ['cancel r0', 'delete p1']);
  assert.deepEqual([swept.listed, swept.deleted, swept.remaining, swept.foreign], [[own], [own], [], [theirs]]);
  assert.equal(complaint([swept]), undefined);
});

test('a project meant for another organisation, and made in this one, is deleted here', async () => {
  const admin = new FakeAdmin([[`${prefix} — theirs`, false]]);
  const swept = await sweep(admin, { ...options, elsewhere: () => true });
  assert.deepEqual([admin.projects, swept.foreign], [[], [`${prefix} — theirs`]]);
});

test('a list that cannot be opened is not an empty one', async () => {
  const admin = new FakeAdmin([[`${prefix} — one`, true]]);
  let looks = 0;
  admin.onRefresh = () => {
    looks += 1;
    if (looks === 1) return;
    admin.projects = [];
    throw new Error('connection refused.\nCall log: of no interest');
  };
  const swept = await sweep(admin, options);
  assert.equal(swept.looked, false);
  assert.deepEqual(swept.remaining, [`${prefix} — one`]);
  assert.deepEqual(swept.deleted, []);
  assert.match(complaint([swept]) ?? '', /^The projects of north could not be looked at.*one\..*refused\.$/);
  assert.deepEqual(unproved(swept, [`${prefix} — one`, `${prefix} — two`]).remaining, [
    `${prefix} — one`,
    `${prefix} — two`,
  ]);
});

test('a look that fails once is repeated', async () => {
  const admin = new FakeAdmin([[`${prefix} — one`, true]]);
  let looks = 0;
  admin.onRefresh = () => {
    looks += 1;
    if (looks === 1) throw new Error('too slow.');
  };
  const swept = await sweep(admin, options);
  assert.deepEqual([swept.looked, swept.remaining, admin.projects], [true, [], []]);
  assert.equal(complaint([swept]), undefined);
});
