/** A file's cases in memory, read both ways, and the two ways compared. */
import assert from 'node:assert/strict';
import { openSav, readSav, type SavCase, type SavHeader } from '../index.ts';

/** Reads the file as a stream and by column, asserts that both agree, and returns what they hold. */
export async function collect(path: string): Promise<{ header: SavHeader; cases: SavCase[] }> {
  const file = await openSav(path);
  const cases: SavCase[] = [];
  try {
    for await (const batch of file.cases()) cases.push(...batch);
    assert.equal(await file.countCases(), cases.length);
  } finally {
    await file.close();
  }
  const data = await readSav(path);
  assert.equal(data.caseCount, cases.length);
  data.header.variables.forEach((variable, index) => {
    const column = data.columns.get(variable.name);
    assert.ok(column, `column ${variable.name}`);
    const values = [...column].map((value) => (typeof value === 'number' && Number.isNaN(value) ? null : value));
    assert.deepEqual(
      values,
      cases.map((values) => values[index]),
      `column ${variable.name} read by column`,
    );
  });
  return { header: data.header, cases };
}
