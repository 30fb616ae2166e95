import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceLine, type BreachRow } from './ledger-view.ts';

type Evidence = BreachRow['evidence'][number];
const line = (witness: Evidence['witness'], saw: string, analyst = 'analyst-05'): string =>
  evidenceLine({ at: Date.UTC(2026, 2, 1, 10, 0, 5, 120), analyst, witness, saw });

test('evidence is told in words of people, not of the product', () => {
  assert.equal(
    line('subscription', 'in_progress (p1, run r1)'),
    '10:00:05.120 analyst-05: computing (p1, run r1), over the live connection',
  );
  assert.equal(
    line('subscription', 'no-run, in Harbor'),
    '10:00:05.120 analyst-05: was sent the project (not started) in Harbor',
  );
  assert.equal(line('owner', 'completed'), '10:00:05.120 analyst-05: completed, on their own screen');
  assert.equal(
    line('list', 'still listed after deletion', 'teardown'),
    '10:00:05.120 the clean-up: still listed after deletion',
  );
});

test('whose data a stranger was shown and where, and never what stood around it', () => {
  assert.equal(
    line(
      'subscription',
      `analyst-04's marker in a frame, /api/sync: vum3","name":"Muster — analyst-04 auto","type":"cr`,
    ),
    '10:00:05.120 analyst-05: the name of analyst-04’s project, over the live connection',
  );
  assert.equal(
    line('colleague', 'analyst-04\'s marker in a response, /api/x: {"context":"mk-abc12345-analyst-04-mk'),
    '10:00:05.120 analyst-05: data of analyst-04, in the product’s answer',
  );
});

test('what is long is cut at a word', () => {
  assert.match(
    line('workbook', 'Table S1 differs; '.repeat(20)),
    /: (Table S1 differs; )+(?:Table|S1|Table S1) …, in the workbook$/,
  );
});
