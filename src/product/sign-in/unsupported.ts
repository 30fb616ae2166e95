/** Pages that a hosted sign-in may show and that nobody here can answer: told apart by their headings, so that they are named and not waited at. */
import type { Locator, Page } from '@playwright/test';

interface Unsupported {
  readonly heading: RegExp;
  /** Completes "the sign-in …". */
  readonly what: string;
  readonly remedy: string;
}

const oneTime = 'give the run accounts that sign in with a password alone, without a second factor';

const pages: readonly Unsupported[] = [
  {
    heading: /\b(choose|select|pick|which)\b.*\b(organi[sz]ation|workspace|team|tenant|account)s?\b/i,
    what: 'asks which organization to enter',
    remedy: 'give the run accounts that belong to one organization only',
  },
  {
    heading: /\bstay signed in\b|\btrust this (device|browser)\b|\bremember this (device|browser)\b/i,
    what: 'asks whether to stay signed in',
    remedy: 'switch that question off for these accounts',
  },
  {
    heading:
      /\b(two|multi)-?factor\b|\bauthenticator\b|\b(verification|one-?time|security|6-digit) (code|password)\b|\benter (the|your) code\b|\bcheck your e-?mail\b|\bmagic (link|code)\b|\bverify your (identity|e-?mail|phone)/i,
    what: 'asks for a code or a link that was sent, or for a second factor',
    remedy: oneTime,
  },
  { heading: /\bpasskeys?\b|\bsecurity key\b/i, what: 'asks for a passkey', remedy: oneTime },
  {
    heading:
      /\byou.?re (not a robot|human)\b|\bhuman\b|\brobot\b|\bcaptcha\b|\bjust a moment\b|\bunusual (activity|traffic)\b/i,
    what: 'checks whether a person is at work',
    remedy: 'switch bot detection off for the staging environment, or sign in with AUTH_MODE=token',
  },
  {
    heading: /\b(reset|change|update|choose|create|set)\b.*\bpassword\b|\bpassword (has )?expired\b/i,
    what: 'asks for a new password',
    remedy: 'set it by hand once, and write it into the accounts file',
  },
  {
    heading: /\bsign up\b|\bcreate (an|your|a new) account\b/i,
    what: 'offers to create an account, so it does not know this one',
    remedy: 'create it, or mend its e-mail in the accounts file',
  },
  {
    heading: /\b(terms|consent|allow access|grant access)\b/i,
    what: 'asks for consent',
    remedy: 'sign in by hand once with the account, and give it',
  },
];

const anyHeading = new RegExp(pages.map(({ heading }) => heading.source).join('|'), 'i');
/** A form that can be signed in with says so, whatever else it offers. */
const signInWords = /\b(sign|log)[ -]?in\b/i;

/** The heading of such a page, while one is shown. `without`: fields of the form, which such a page has not. */
export function unsupportedHeading(page: Page, without?: Locator): Locator {
  const place = without === undefined ? page.locator('body') : page.locator('body').filter({ hasNot: without });
  return place.getByRole('heading', { name: anyHeading }).filter({ visible: true, hasNotText: signInWords }).first();
}

/** What a page with this heading asks for, and what can be done; undefined for any other heading. */
export function whatItAsks(heading: string): Pick<Unsupported, 'what' | 'remedy'> | undefined {
  return signInWords.test(heading) ? undefined : pages.find((each) => each.heading.test(heading));
}
