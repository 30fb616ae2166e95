/** The double as a process of its own: `node --import tsx e2e/double/main.ts`. It ends when whoever started it is gone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { optionsFrom } from './options.ts';
import { startDouble } from './start.ts';

const parent = process.ppid;
const double = await startDouble(optionsFrom(process.env));
const folder = mkdtempSync(path.join(os.tmpdir(), 'muster-double-'));
const accounts = path.join(folder, 'accounts.json');
writeFileSync(accounts, JSON.stringify(double.accounts, null, 2), { mode: 0o600 });
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(0));
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 500);
console.log(`Double ready at ${double.url} · accounts ${accounts}`);
