import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectConfigSchema, runStatuses, type ProjectRow, type RunRow, type RunStatus } from '../../contract.ts';
import { countStatuses, finished, monitored } from './monitor.ts';

function project(id: string, name: string): ProjectRow {
  return {
    _id: id,
    _creationTime: 1,
    orgId: 'org',
    name,
    projectType: 'crosstab',
    config: projectConfigSchema.parse({}),
    intake: { dataFile: null, survey: null, bannerPlan: null, messageList: null, bannerMode: 'upload' },
    createdBy: 'user',
  };
}

function run(projectId: string, status: RunStatus, at = 1): RunRow {
  return {
    _id: `${projectId}-${at}`,
    _creationTime: at,
    projectId,
    orgId: 'org',
    launchedBy: 'user',
    status,
    stage: 'parsing',
    progress: 10 * at,
    message: `Message ${at}`,
    cancelRequested: false,
  };
}

test('projects of the prefix are monitored with their newest run, and no others', () => {
  const projects = [
    project('a', 'Load 1/1 — alpha'),
    project('b', 'Load 1/1 — beta — two'),
    project('c', 'Load 1/11 — alpha'),
    project('d', 'Load 1/1 - alpha'),
    project('e', 'load 1/1 — alpha'),
  ];
  const runs = [run('a', 'error'), run('a', 'success', 2), run('c', 'error')];
  assert.deepEqual(monitored(projects, runs, 'Load 1/1'), [
    { projectId: 'a', dataset: 'alpha', status: 'success', progress: 20, message: 'Message 2' },
    { projectId: 'b', dataset: 'beta — two', status: 'in_progress', progress: undefined, message: '' },
  ]);
  assert.deepEqual(monitored(projects, runs, ''), []);
});

test('a review that waits counts as finished, work that goes on does not', () => {
  const counts = countStatuses(runStatuses.map((status) => ({ status })));
  assert.deepEqual(counts, { running: 2, review: 1, done: 2, failed: 2 });
  assert.equal(finished(counts), 5);
});
