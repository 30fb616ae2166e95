/** `npm run sandbox`: the embedded product alone. */
import { PagesMissingError } from './http/pages.ts';
import { PortTakenError } from './listen.ts';
import { watchParent } from './parent.ts';
import type { Account } from './ports.ts';
import { readSettings, SettingsError } from './settings.ts';
import { startSandbox } from './start.ts';
import { DataFolderError } from './store/index.ts';

/** For a person to choose from; the password is the same for all. */
function accountTable(accounts: readonly Account[]): string {
  const shown = accounts.slice(0, 12);
  const width = Math.max(...shown.map(({ email }) => email.length));
  const lines = shown.map(({ email, role, organization }) => `  ${email.padEnd(width)}  ${role.padEnd(16)}  ${organization}`);
  const more = accounts.length > shown.length ? [`  and ${accounts.length - shown.length} more in the accounts file`] : [];
  return ['', `Sign in with any of these, password ${accounts[0]?.password ?? ''}`, ...lines, ...more, '', 'Ctrl-C ends it.'].join('\n');
}

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
  watchParent(settings.parent, end);
  process.stdout.write(`Sandbox ready at ${sandbox.url} · accounts ${sandbox.accountsFile}\n`);
  if (process.stdout.isTTY) process.stdout.write(`${accountTable(sandbox.accounts)}\n`);
}

main().catch((error: unknown) => {
  const isForPeople = [SettingsError, PortTakenError, DataFolderError, PagesMissingError].some((kind) => error instanceof kind);
  console.error(isForPeople && error instanceof Error ? error.message : error);
  process.exit(isForPeople ? 2 : 1);
});
