/** `npm run papers`: writes what the papers say of the settings from the settings themselves, so that the two cannot part. */
import { readFile, writeFile } from 'node:fs/promises';
import { withTables } from './readme-tables.ts';
import { envExample } from '../src/run/settings-table.ts';

const readme = new URL('../README.md', import.meta.url);
await writeFile(readme, withTables(await readFile(readme, 'utf8')));
await writeFile(new URL('../.env.example', import.meta.url), envExample());
