import { readFile } from 'node:fs/promises';

/** Where the header of a `.sav` file holds date and time of its writing: 9 and 8 characters. */
const writtenAt = { start: 92, end: 109 };

/** Whether two `.sav` files are equal but for the time of writing in their headers. False when either is absent. */
export async function sameButForTheDate(one: string, other: string): Promise<boolean> {
  const absent = (error: NodeJS.ErrnoException): undefined => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  };
  const [a, b] = await Promise.all([readFile(one).catch(absent), readFile(other).catch(absent)]);
  if (!a || !b || a.length !== b.length) return false;
  return (
    a.subarray(0, writtenAt.start).equals(b.subarray(0, writtenAt.start)) &&
    a.subarray(writtenAt.end).equals(b.subarray(writtenAt.end))
  );
}
