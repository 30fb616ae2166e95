import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectConfigSchema } from '../../contract.ts';
import { initialValues, problemsOfConfiguration, problemsOfSetup, toConfig } from './values.ts';

test('a name of blanks is no name', () => {
  assert.deepEqual(problemsOfSetup({ ...initialValues, projectName: '  ' }), {
    projectName: 'Project name is required',
  });
  assert.deepEqual(problemsOfSetup({ ...initialValues, projectName: 'Q4' }), {});
});

test('numbers out of their limits are told with the limit', () => {
  const problems = (significance: string, minBase: string) =>
    problemsOfConfiguration({ ...initialValues, significance, minBase });
  assert.deepEqual(problems('50', '0'), {});
  assert.deepEqual(problems('99', '30'), {});
  assert.deepEqual(problems('49', '-1'), {
    significance: 'Number must be greater than or equal to 50',
    minBase: 'Number must be greater than or equal to 0',
  });
  assert.deepEqual(problems('100', '0'), { significance: 'Number must be less than or equal to 99' });
  assert.deepEqual(problems('', '0'), { significance: 'Please enter a number' });
});

test('what the form holds is a configuration that the server accepts, without what another choice made void', () => {
  const config = toConfig({
    ...initialValues,
    separateWorkbooks: true,
    segmentAssignments: true,
    significance: '95',
    minBase: '30',
    weightVariable: 'WEIGHT',
  });
  assert.deepEqual(projectConfigSchema.parse(config), config);
  assert.equal(config.separateWorkbooks, false);
  assert.equal(config.segmentAssignments, false);
  assert.deepEqual(config.statTesting, { thresholds: [95], minBase: 30 });
  assert.equal(config.weightVariable, 'WEIGHT');
});
