import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runStatuses, type ProjectRow, type RunRow, type RunStatus } from '../../contract.ts';
import { bucketOf, countByBucket, filterProjects, joinProjects, pathOf, steadyList } from './project-list.ts';

function project(id: string, createdAt: number, name = id): ProjectRow {
  return { _id: id, _creationTime: createdAt, orgId: 'o', name, projectType: 'crosstab', createdBy: 'u' } as ProjectRow;
}

function run(projectId: string, createdAt: number, status: RunStatus): RunRow {
  return { _id: `${projectId}-${createdAt}`, _creationTime: createdAt, projectId, status } as RunRow;
}

test('each status belongs to one tab; a project without a run is active', () => {
  const buckets = Object.fromEntries(runStatuses.map((status) => [status, bucketOf(status)]));
  assert.deepEqual(buckets, {
    in_progress: 'active',
    resuming: 'active',
    pending_review: 'active',
    success: 'completed',
    partial: 'completed',
    error: 'failed',
    cancelled: 'failed',
  });
  assert.equal(bucketOf(undefined), 'active');
});

test('projects come newest first, each with its newest run in whatever order runs arrive', () => {
  const items = joinProjects(
    [project('old', 1), project('new', 2), project('bare', 3)],
    [run('old', 5, 'cancelled'), run('old', 9, 'success'), run('new', 7, 'in_progress')],
  );
  assert.deepEqual(
    items.map(({ projectId, status }) => [projectId, status]),
    [
      ['bare', undefined],
      ['new', 'in_progress'],
      ['old', 'success'],
    ],
  );
  assert.deepEqual(countByBucket(items), { all: 3, active: 2, completed: 1, failed: 0 });
});

test('a list that shows the same as before is the one before', () => {
  const steady = steadyList();
  const list = (stage: string, status: RunStatus = 'in_progress') =>
    joinProjects([project('a', 1)], [{ ...run('a', 1, status), stage }]);
  const first = steady(list('parsing'));
  assert.equal(steady(list('writing_outputs')), first);
  const ended = steady(list('complete', 'success'));
  assert.equal(ended[0]?.status, 'success');
  assert.deepEqual(steady([]), []);
});

test('search ignores case and goes together with the tab', () => {
  const items = joinProjects([project('a', 1, 'Brand Tracker'), project('b', 2, 'Bank')], [run('a', 1, 'success')]);
  assert.deepEqual(
    filterProjects(items, 'all', 'bRAND').map((item) => item.projectId),
    ['a'],
  );
  assert.deepEqual(filterProjects(items, 'active', 'brand'), []);
  assert.equal(filterProjects(items, 'all', '').length, 2);
});

test('a project that waits for its review opens it', () => {
  assert.equal(pathOf({ projectId: 'p 1', status: 'pending_review' }), '/projects/p%201/review');
  assert.equal(pathOf({ projectId: 'p', status: 'resuming' }), '/projects/p');
});
