import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { FlaggedColumn, ReviewState, RunRow } from '../contract.ts';
import { launchForm, location, startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
let count = 0;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

async function launched(name = `Study ${(count += 1)}`): Promise<{ runId: string; projectId: string }> {
  const response = await server.ask(
    server.account('member'),
    'POST',
    '/api/projects/launch',
    launchForm({ projectName: name }),
  );
  assert.equal(response.status, 200);
  return (await response.json()) as { runId: string; projectId: string };
}

async function answer(
  who: Parameters<TestServer['ask']>[0],
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await server.ask(
    who,
    method,
    path,
    body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  );
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const column: FlaggedColumn = {
  groupName: 'Gender',
  columnName: 'Male',
  original: '',
  proposed: '',
  confidence: 0.5,
  reasoning: '',
  userSummary: '',
  alternatives: [],
  uncertainties: [],
  expressionType: 'placeholder',
};
const reviewState: ReviewState = {
  status: 'awaiting_review',
  flaggedColumns: [column],
  pathBStatus: 'running',
  pathCStatus: 'completed',
  totalColumns: 4,
};
const decisions = [{ groupName: 'Gender', columnName: 'Male', action: 'approve' }];

async function awaitingReview(): Promise<string> {
  const { runId } = await launched();
  const patch = { status: 'pending_review', result: { pipelineId: 'p', outputDir: 'o', reviewState } } as const;
  assert.ok(server.store.runs.transition(runId, ['in_progress'], patch));
  return runId;
}

const absent = 'a'.repeat(32);

describe('whose run it is', () => {
  for (const [method, path] of [
    ['POST', 'cancel'],
    ['POST', 'review'],
    ['GET', 'feedback'],
    ['POST', 'feedback'],
    ['GET', 'download/crosstabs.xlsx'],
  ] as const) {
    test(`${method} ${path} of no run, and of another organisation's, is 404`, async () => {
      const { runId } = await launched();
      assert.deepEqual(await answer(server.account('admin'), method, `/api/runs/${absent}/${path}`), {
        status: 404,
        body: { error: 'Run not found' },
      });
      const stranger = server.account('admin', 'Harbor Insights');
      assert.deepEqual(await answer(stranger, method, `/api/runs/${runId}/${path}`), {
        status: 404,
        body: { error: 'Not found' },
      });
    });
  }
});

describe('cancel', () => {
  test('is forbidden to external partners', async () => {
    const { runId } = await launched();
    assert.deepEqual(await answer(server.account('external_partner'), 'POST', `/api/runs/${runId}/cancel`), {
      status: 403,
      body: { error: 'Forbidden' },
    });
    assert.equal(server.store.runs.get(runId)?.status, 'in_progress');
  });

  test('cancels, and a second time is a success that changes nothing', async () => {
    const { runId } = await launched();
    assert.deepEqual(await answer(server.account('member'), 'POST', `/api/runs/${runId}/cancel`), {
      status: 200,
      body: { success: true, localAbort: true },
    });
    assert.deepEqual(await answer(server.account('member'), 'POST', `/api/runs/${runId}/cancel`), {
      status: 200,
      body: { success: true, localAbort: false },
    });
    assert.equal(server.store.runs.get(runId)?.status, 'cancelled');
  });
});

describe('review', () => {
  const review = (
    runId: string,
    body: unknown = { decisions },
    role: 'member' | 'external_partner' = 'external_partner',
  ): Promise<{ status: number; body: Record<string, unknown> }> =>
    answer(server.account(role), 'POST', `/api/runs/${runId}/review`, body);

  test('is taken from any role, and answered when the pipeline has ended', async () => {
    const runId = await awaitingReview();
    assert.deepEqual(await review(runId), {
      status: 200,
      body: { success: true, runId, status: 'success', message: 'Complete!' },
    });
    assert.deepEqual(server.store.runs.decisions(runId), decisions);
  });

  test('of two submissions at once the first wins', async () => {
    const runId = await awaitingReview();
    const answers = await Promise.all([review(runId), review(runId, undefined, 'member')]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
    assert.equal(
      answers.find(({ status }) => status === 400)?.body['error'],
      'Cannot submit review - status is approved',
    );
    assert.equal(server.pipeline.resumed.filter((id) => id === runId).length, 1);
  });

  for (const [what, body, error] of [
    ['no JSON', 'nonsense', 'Invalid JSON body'],
    ['no decisions', {}, 'Invalid decisions payload'],
    ['an empty list', { decisions: [] }, 'Invalid decisions payload'],
    ['an unknown action', { decisions: [{ ...decisions[0], action: 'guess' }] }, 'Invalid decisions payload'],
    [
      'an alternative beyond 100',
      { decisions: [{ ...decisions[0], action: 'select_alternative', selectedAlternative: 101 }] },
      'Invalid decisions payload',
    ],
    [
      'a hint that is too long',
      { decisions: [{ ...decisions[0], action: 'provide_hint', hint: 'x'.repeat(1001) }] },
      'Invalid decisions payload',
    ],
    ['501 decisions', { decisions: Array.from({ length: 501 }, () => decisions[0]) }, 'Invalid decisions payload'],
  ] as const) {
    test(`with ${what} is 400 and the run still waits`, async () => {
      const runId = await awaitingReview();
      const { status, body: refusal } = await review(runId, body);
      assert.deepEqual([status, refusal['error']], [400, error]);
      assert.equal(server.store.runs.get(runId)?.status, 'pending_review');
    });
  }

  test('of a cancelled run is refused', async () => {
    const runId = await awaitingReview();
    await answer(server.account('member'), 'POST', `/api/runs/${runId}/cancel`);
    assert.deepEqual(await review(runId), { status: 409, body: { error: 'Cannot submit review - run was cancelled' } });
    assert.equal(server.store.runs.get(runId)?.status, 'cancelled');
  });

  test('of a run that has not come so far, or needs none, is refused', async () => {
    const { runId } = await launched();
    assert.equal(
      (await review(runId)).body['error'],
      'Run does not have pipeline context (pipelineId/outputDir missing)',
    );
    server.store.runs.transition(runId, ['in_progress'], { status: 'success', result: { pipelineId: 'p' } });
    assert.deepEqual(await review(runId), {
      status: 404,
      body: { error: 'Review state not found - pipeline may not require review' },
    });
  });

  test('whose pipeline breaks is 500, and the run an error', async () => {
    const runId = await awaitingReview();
    server.pipeline.resumeWith = () => Promise.reject(new Error('disk on fire'));
    try {
      assert.deepEqual(await review(runId), { status: 500, body: { error: 'Failed to process review' } });
    } finally {
      server.pipeline.resumeWith = () => Promise.resolve({ status: 'success', message: 'Complete!' });
    }
    assert.equal(server.store.runs.get(runId)?.status, 'error');
  });
});

describe('feedback', () => {
  test('is kept in order and summed up', async () => {
    const { runId } = await launched();
    const path = `/api/runs/${runId}/feedback`;
    const partner = server.account('external_partner');
    assert.deepEqual((await answer(partner, 'GET', path)).body, {
      runId,
      feedback: [],
      summary: { hasFeedback: false, entryCount: 0, lastSubmittedAt: '', lastRating: 0 },
    });
    const first = await answer(partner, 'POST', path, { rating: 0, notes: '', tableIds: [' Q1 ', ''] });
    assert.equal(first.status, 200);
    assert.deepEqual((first.body['entry'] as { tableIds: string[] }).tableIds, ['Q1']);
    await answer(partner, 'POST', path, { rating: 4, notes: 'good', tableIds: [] });
    const { feedback, summary } = (await answer(partner, 'GET', path)).body as {
      feedback: NonNullable<RunRow['result']>['feedback'];
      summary: Record<string, unknown>;
    };
    assert.deepEqual(
      feedback?.map(({ rating }) => rating),
      [0, 4],
    );
    assert.deepEqual(summary, {
      hasFeedback: true,
      entryCount: 2,
      lastSubmittedAt: feedback?.at(-1)?.createdAt,
      lastRating: 4,
    });
  });

  for (const [what, body, error] of [
    ['no JSON', '{', 'Invalid JSON body'],
    ['a rating of six', { rating: 6, notes: '', tableIds: [] }, 'Invalid request body'],
    ['half a point', { rating: 2.5, notes: '', tableIds: [] }, 'Invalid request body'],
    [
      'nothing in it',
      { rating: 0, notes: '  ', tableIds: [' '] },
      'Feedback must include at least one of: notes, rating, or table IDs',
    ],
  ] as const) {
    test(`with ${what} is 400`, async () => {
      const { runId } = await launched();
      const { status, body: refusal } = await answer(
        server.account('member'),
        'POST',
        `/api/runs/${runId}/feedback`,
        body,
      );
      assert.deepEqual([status, refusal['error']], [400, error]);
    });
  }
});

describe('download', () => {
  test("is a link that is signed, expires, and brings the file under the product's name", async () => {
    const { runId } = await launched('Müster 1/2 — analyst-01 alpha');
    const partner = server.account('external_partner');
    const path = (file: string): string => `/api/runs/${runId}/download/${file}`;
    assert.equal(
      (await answer(partner, 'GET', path('crosstabs.xlsx'))).body['error'],
      'No R2 files available for this run',
    );
    const outputs = ['crosstabs-weighted.xlsx'] as const;
    server.store.runs.transition(runId, ['in_progress'], {
      status: 'success',
      result: { r2Files: { inputs: [], outputs: [...outputs] } },
    });
    assert.equal((await answer(partner, 'GET', path('secrets.txt'))).body['error'], 'File not found');
    assert.equal(
      (await answer(partner, 'GET', path('crosstabs.xlsx'))).body['error'],
      'File not available: crosstabs.xlsx',
    );
    assert.equal(
      (await answer(partner, 'GET', path(outputs[0]))).body['error'],
      'File not available: crosstabs-weighted.xlsx',
      'it is not on disk',
    );

    server.pipeline.output = join(server.folder, 'book.xlsx');
    writeFileSync(server.pipeline.output, 'a workbook');
    const redirect = await server.ask(partner, 'GET', path(outputs[0]));
    assert.equal(redirect.status, 307);
    const file = await fetch(location(redirect));
    assert.equal(file.status, 200);
    assert.equal(await file.text(), 'a workbook');
    const disposition = file.headers.get('content-disposition') ?? '';
    const name = decodeURIComponent(/filename\*=UTF-8''(.+)$/.exec(disposition)?.[1] ?? '');
    assert.match(name, /^CrosstabAI - Müster 1-2 — analyst-01 alpha - \d{4}-\d\d-\d\d \(Weighted\)\.xlsx$/);

    const changed = location(redirect).replace(/expires=\d+/, 'expires=9999999999');
    assert.equal((await fetch(changed)).status, 403, 'the signature covers the expiry');
    assert.equal((await fetch(location(redirect).replace(runId, absent))).status, 403, 'and the run');
    assert.equal((await fetch(`${server.url}/storage/${runId}/crosstabs.xlsx`)).status, 403);
  });

  test('of a project with an enormous name has one that fits', async () => {
    const { runId } = await launched('🙂'.repeat(20_000));
    server.store.runs.transition(runId, ['in_progress'], {
      status: 'success',
      result: { r2Files: { inputs: [], outputs: ['crosstabs.xlsx'] } },
    });
    server.pipeline.output = join(server.folder, 'book.xlsx');
    writeFileSync(server.pipeline.output, 'a workbook');
    const partner = server.account('external_partner');
    const redirect = await server.ask(partner, 'GET', `/api/runs/${runId}/download/crosstabs.xlsx`);
    const disposition = (await fetch(location(redirect))).headers.get('content-disposition') ?? '';
    assert.match(decodeURIComponent(disposition), /UTF-8''CrosstabAI - (?:🙂){200} - \d{4}-\d\d-\d\d\.xlsx$/u);
  });
});
