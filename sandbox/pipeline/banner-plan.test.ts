import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBannerPlan } from './banner-plan.ts';

test('reads groups and columns, bullets and surrounding prose', () => {
  const groups = parseBannerPlan(
    [
      'Banner plan for wave 2: internal use only',
      'Please keep the order below.',
      '',
      'Banner group: Gender',
      '• Male: GENDER=1',
      '- Female: GENDER=2',
      '',
      'Note: the columns that follow need care.',
      'Banner group: Usage',
      '',
      'Heavy users: S4=1,2 AND',
      'Q3>=8',
      'Buyers:',
      '• Rejecters',
      'The agency will add more groups in the next wave.',
      'Contact: nobody',
    ].join('\n'),
  );
  assert.deepEqual(groups, [
    {
      name: 'Gender',
      columns: [
        { name: 'Male', definition: 'GENDER=1' },
        { name: 'Female', definition: 'GENDER=2' },
      ],
    },
    {
      name: 'Usage',
      columns: [
        { name: 'Heavy users', definition: 'S4=1,2 AND Q3>=8' },
        { name: 'Buyers', definition: '' },
        { name: 'Rejecters', definition: '' },
      ],
    },
  ]);
});

test('a plan without groups gives none', () => {
  assert.deepEqual(parseBannerPlan('Male: GENDER=1\nFemale: GENDER=2'), []);
  assert.deepEqual(parseBannerPlan('Banner group: Empty\n\nBanner group: Also empty'), []);
});
