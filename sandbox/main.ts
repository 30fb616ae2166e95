/** `npm run sandbox`: the embedded product alone. */
import { accountTable } from './account-table.ts';
import { PagesMissingError } from './http/pages.ts';
import { PortTakenError } from './listen.ts';
import { watchParent } from './parent.ts';
import { readSettings, SettingsError } from './settings.ts';
import { startSandbox } from './start.ts';
import { DataFolderError } from './store/index.ts';

async function main(): Promise<void> {
  const settings = readSettings();
  const sandbox = await startSandbox(settings);
  let ending = false;
  const end = (): void => {
    // A second Ctrl-C does not wait any longer.
    if (ending) process.exit(130);
    ending = true;
    sandbox.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.on('SIGHUP', end);
  // Whoever read our output may be gone before us.
  process.stdout.on('error', end);
  watchParent(settings.parent, end, settings.stayFor);
  process.stdout.write(
    `Sandbox ready at ${sandbox.url} · objects ${sandbox.objectsUrl} · accounts ${sandbox.accountsFile}\n`,
  );
  process.stdout.write(`${accountTable(sandbox.accounts, settings.password)}\n`);
}

main().catch((error: unknown) => {
  const isForPeople = [SettingsError, PortTakenError, DataFolderError, PagesMissingError].some(
    (kind) => error instanceof kind,
  );
  console.error(isForPeople && error instanceof Error ? error.message : error);
  process.exit(isForPeople ? 2 : 1);
});
