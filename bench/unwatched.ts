/** Analysts as somebody would drive them who has Playwright and the page objects, and nothing else of the harness. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { assembleAnalyst, type Analyst } from '../fixtures/analyst.ts';
import { readCast, type Cast, type Part } from '../fixtures/cast.ts';
import { Entrance } from '../fixtures/entrance.ts';
import { chooseJourney } from '../fixtures/journey.ts';
import { openDoor } from '../src/product/sign-in/open-door.ts';
import { resolveTarget, type Target } from '../src/product/target.ts';
import { accountsFor } from '../src/run/account-source.ts';
import { assignAccounts, type Account } from '../src/run/accounts.ts';
import { journeys } from './journeys.ts';
import { silentRecorder, silently } from './silent.ts';

export interface UnwatchedCast extends Cast {
  readonly target: Target;
  readonly accounts: readonly Account[];
}

export async function readUnwatchedCast(): Promise<UnwatchedCast> {
  const cast = await readCast();
  const target = resolveTarget(cast.settings);
  const { analysts } = assignAccounts(await accountsFor(cast.settings, target.accountsFile), cast.settings.ANALYSTS);
  return { ...cast, target, accounts: analysts };
}

export interface Manner {
  /** Before the sign-in. */
  readonly turn?: () => Promise<void>;
  /** On the dashboard, before what is measured begins. */
  readonly line?: () => Promise<void>;
}

/** Makes the journey of one analyst on a page, and leaves marks for the bench: when it was ready, and that it finished. */
export async function perform(cast: UnwatchedCast, part: Part, page: Page, manner: Manner = {}): Promise<void> {
  const { settings, identity, target, accounts, parts } = cast;
  const account = accounts[part.index];
  if (!account) throw new Error(`There is no account for ${part.analyst}.`);
  const context = page.context();
  context.setDefaultTimeout(settings.STEP_DEADLINE_S * 1000);
  context.setDefaultNavigationTimeout(settings.STEP_DEADLINE_S * 1000);
  const telemetry = await silently(context, {
    recorder: silentRecorder,
    pageName: String,
    routeName: String,
    origin: target.baseUrl,
    cards: { card: '', badge: '' },
    cardsPage: '',
    decode: () => {
      throw new Error('Nothing is decoded where nothing is watched.');
    },
  });
  const assembled = assembleAnalyst({
    part,
    account,
    context,
    page,
    settings,
    identity,
    recorder: silentRecorder,
    telemetry,
    colleagues: parts.filter((other) => other !== part).map(({ projectName }) => projectName),
    entrance: new Entrance({
      door: openDoor(settings, { baseUrl: target.baseUrl }),
      baseUrl: target.baseUrl,
      page,
      account,
      recorder: silentRecorder,
    }),
  });
  const analyst: Analyst = {
    ...assembled,
    turn: manner.turn ?? (() => Promise.resolve()),
    async start() {
      await mark(identity.folder, 'ready', part.analyst);
      await manner.line?.();
      return { epoch: Date.now(), openedBy: 'all', ready: parts.length };
    },
    // It watches nobody's projects but its own.
    colleagues: { expected: [], accepted: () => Promise.resolve([]) },
  };
  await chooseJourney(journeys, settings.JOURNEY)(analyst);
  await mark(identity.folder, 'finished', part.analyst);
}

type Mark = 'ready' | 'finished';

async function mark(folder: string, kind: Mark, analyst: string): Promise<void> {
  await mkdir(path.join(folder, 'marks'), { recursive: true });
  await writeFile(path.join(folder, 'marks', `${kind}-${analyst}`), String(Date.now()));
}

/** When each analyst left its mark, milliseconds since 1970; those who did not are left out. */
export async function readMarks(folder: string, kind: Mark, analysts: readonly string[]): Promise<number[]> {
  const marks = await Promise.all(
    analysts.map(async (analyst) => {
      try {
        return [Number(await readFile(path.join(folder, 'marks', `${kind}-${analyst}`), 'utf8'))];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    }),
  );
  return marks.flat();
}
