import { link, rm, writeFile } from 'node:fs/promises';

/**
 * Creates a file with its content in one step, unless it exists: a hard link, so that nobody reads half of it.
 * @returns whether it was created.
 */
export async function createOnce(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}.draft`;
  await writeFile(draft, content);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
