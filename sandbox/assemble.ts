import { join } from 'node:path';
import type { Logger } from 'pino';
import { openDataFolder, writeAccounts } from './data-folder.ts';
import { createFaults, type Faults } from './faults/index.ts';
import { lookedUp } from './faults/org-cache.ts';
import { createApp } from './http/app.ts';
import { tidyFolders } from './http/folders.ts';
import { createLimiter } from './http/limiter.ts';
import { openLog } from './http/log.ts';
import { createSessions, folderSecret } from './http/sessions.ts';
import { listen } from './listen.ts';
import { attachLive } from './live/index.ts';
import { createCodes } from './login/codes.ts';
import { inviteAccounts } from './login/invited-accounts.ts';
import { createInvitations } from './login/invitations.ts';
import { createLoginServer } from './login/server.ts';
import { createObjectServer, openObjects } from './objects/index.ts';
import type { Account, Pipeline, Store } from './ports.ts';
import type { SandboxSettings } from './settings.ts';
import { ensureAccounts } from './store/accounts.ts';
import { openStore, type SandboxStore } from './store/index.ts';

export interface RunningSandbox {
  /** The application's origin. */
  readonly url: string;
  /** The sign-in's origin. */
  readonly loginUrl: string;
  /** The object store's endpoint. */
  readonly objectsUrl: string;
  readonly accounts: Account[];
  readonly accountsFile: string;
  /** The data folder. */
  readonly folder: string;
  readonly store: SandboxStore;
  /** Ends everything it started; runs stay as they are, for the next start on the same folder. Waits until all is down. */
  stop(): Promise<void>;
}

/** What a sandbox is made of beside its server. */
export interface Parts {
  createPipeline: (options: {
    store: Pick<Store, 'runs' | 'projects'>;
    folder: string;
    slots: number;
    pace: number;
    log: Logger;
    faults: Faults;
  }) => Pipeline;
  /** Where the build put the pages. */
  dist: string;
}

/**
 * Starts the sandbox on loopback; resolves when it listens and has picked up unfinished work.
 * @throws PortTakenError, DataFolderError, PagesMissingError: each a sentence for people.
 */
export async function assemble(settings: SandboxSettings, { createPipeline, dist }: Parts): Promise<RunningSandbox> {
  const undo: (() => void | Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    const problems: unknown[] = [];
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) {
      try {
        await step();
      } catch (error) {
        problems.push(error);
      }
    }
    if (problems.length > 0) throw new AggregateError(problems, 'The sandbox did not stop cleanly');
  };

  try {
    const folder = openDataFolder(settings.data);
    undo.push(folder.remove);
    const logFile = settings.log ?? (folder.isTemporary ? 'none' : join(folder.path, 'sandbox.log'));
    const log = openLog(logFile === 'none' ? undefined : logFile);
    undo.push(log.close);
    const { logger } = log;

    const faults = createFaults(settings.faults);
    const store = openStore(
      folder.path,
      (error) => {
        logger.error({ err: error }, 'a change listener failed');
      },
      faults,
    );
    undo.push(() => {
      store.close();
    });
    await tidyFolders(folder.path, store.projects.allIds());
    const objects = openObjects(folder.path);
    undo.push(() => {
      objects.close();
    });
    const planned = await ensureAccounts(store.people, settings.accounts, settings.password, settings.invitations);

    const { slots, pace } = settings;
    const pipeline = createPipeline({ store, folder: folder.path, slots, pace, log: logger, faults });
    undo.push(() => pipeline.stop());

    const secret = folderSecret(folder.path);
    const sessions = createSessions(lookedUp(store.people, faults), secret, settings.sessionMinutes);
    const codes = createCodes();
    let url = '';
    let loginUrl = '';
    const invitations = createInvitations({ store, secret, days: settings.invitationDays, loginUrl: () => loginUrl });
    const login = createLoginServer({ people: store.people, codes, invitations, logger, appUrl: () => url });
    let endSession = (_token: string): void => undefined;
    const app = await createApp({
      store,
      pipeline,
      objects,
      sessions,
      sessionEnded: (token) => endSession(token),
      codes,
      invitations,
      limiter: createLimiter({ limits: settings.limits, windowFactor: settings.limitWindow, faults }),
      logger,
      secret,
      faults,
      mode: settings.mode,
      folder: folder.path,
      dist,
      appUrl: () => url,
      loginUrl: () => loginUrl,
    });
    undo.push(() => app.close());
    undo.push(() => login.close());
    const live = attachLive({
      server: app.server,
      source: store,
      authenticate: async (request) => {
        const known = await sessions.authenticate(request.headers);
        return typeof known === 'object' ? known : undefined;
      },
      isMember: (session) => store.people.session(session.userId, session.orgId) !== undefined,
      faults,
    });
    undo.push(() => live.close());
    endSession = live.endSession;

    const credentials = { accessKeyId: settings.objectsKey, secretAccessKey: settings.objectsSecret };
    const objectServer = createObjectServer({ store: objects, credentials, logger });
    undo.push(() => objectServer.close());
    loginUrl = await listen(login, settings.loginPort, 'SANDBOX_LOGIN_PORT');
    const objectsUrl = await listen(objectServer, settings.objectsPort, 'SANDBOX_OBJECTS_PORT');
    url = await listen(app, settings.port, 'SANDBOX_PORT');
    const accounts = inviteAccounts(planned, settings.invitations, { people: store.people, invitations });
    const accountsFile = writeAccounts(folder.path, accounts);
    if (!faults.has('lost-on-restart')) pipeline.recover();
    logger.info({ url, loginUrl, accounts: accounts.length }, 'ready');
    return { url, loginUrl, objectsUrl, accounts, accountsFile, folder: folder.path, store, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
