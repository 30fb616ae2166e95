/** The one door to the product: everything that needs a signed-in page goes through it, whatever AUTH_MODE says. */
import type { BrowserContext, Page } from '@playwright/test';
import type { Account } from '../../run/accounts.ts';
import type { Entered } from './session.ts';

/** Whoever wants in. */
export type Visitor = Pick<Account, 'email' | 'password'> & Partial<Account>;

/** Lets the way in be a step of a journey. Its name says which way it is: only the one through the form is the product's sign-in. */
export type Told = <T>(step: StepName, action: () => Promise<T>) => Promise<T>;
type StepName = 'sign-in' | 'sign-in-kept' | 'sign-in-token' | 'sign-in-bypass';

export const untold: Told = (_, action) => action();

export interface Door {
  /** Brings the first page of a fresh context to the dashboard. @throws with what the page says; never with a secret. */
  enter(page: Page, visitor: Visitor, told?: Told): Promise<Entered>;
  /** As `enter`, without what an earlier sign-in has left. */
  enterAnew(page: Page, visitor: Visitor, told?: Told): Promise<Entered>;
  /**
   * Brings a page of a context that is in already to the dashboard.
   * @returns how they got in when the session was over and they had to sign in again, else undefined.
   */
  comeBack(page: Page, visitor: Visitor): Promise<Entered | undefined>;
  /** A new session for a context that is in, beside its pages: none of them is touched. */
  renew(context: BrowserContext, visitor: Visitor): Promise<Entered>;
  /** The last act of a context: what its session has become is kept for the next run. */
  leave(context: BrowserContext, visitor: Visitor, entered: Entered): Promise<void>;
  /** Headers that requests beside the pages need; to the product only. */
  headers(context: BrowserContext): Readonly<Record<string, string>>;
}
