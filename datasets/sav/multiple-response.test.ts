import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codecFor } from './encoding.ts';
import { parseMultipleResponseSets } from './multiple-response.ts';

const utf8 = codecFor('UTF-8');
const names = new Map([
  ['v1', 'Variable_one'],
  ['v2', 'v2'],
  ['v3', 'v3'],
]);
const parse = (text: string) => parseMultipleResponseSets(Buffer.from(text), utf8, names);

describe('multiple-response sets', () => {
  it('are read in their three forms, by short or long name', () => {
    assert.deepEqual(
      parse('$a=C 10 my mcgroup v1 v2\n$b=D2 55 0  V3 variable_one\n$c=E 11 1 1 3 éa v2 v3\n$d=E 1 1 1 0  v2 v3\n'),
      [
        { name: '$a', label: 'my mcgroup', kind: 'categories', variables: ['Variable_one', 'v2'] },
        { name: '$b', label: '', kind: 'dichotomies', countedValue: '55', variables: ['v3', 'Variable_one'] },
        {
          name: '$c',
          label: 'éa',
          kind: 'dichotomies',
          countedValue: '1',
          categoryLabels: 'countedvalues',
          labelSource: 'varlabel',
          variables: ['v2', 'v3'],
        },
        {
          name: '$d',
          label: '',
          kind: 'dichotomies',
          countedValue: '1',
          categoryLabels: 'countedvalues',
          variables: ['v2', 'v3'],
        },
      ],
    );
  });

  it('may have a label with line ends and equal signs', () => {
    assert.deepEqual(
      parse('$a=C 8 x=1\n$y=2 v1 v2\n$b=C 1 B v3\n').map(({ name, label }) => [name, label]),
      [
        ['$a', 'x=1\n$y=2'],
        ['$b', 'B'],
      ],
    );
  });

  it('are left out when they cannot be understood, and do not take the others with them', () => {
    assert.deepEqual(
      parse('$a=X 1 v1\n$b=C 999 v1\n$c=D1 1 x\n$d\n$e=C 1 E v1 v2\n').map(({ name }) => name),
      ['$e'],
    );
    assert.deepEqual(parse(''), []);
  });
});
