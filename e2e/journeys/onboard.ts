/**
 * Onboarding: from the link of an invitation to an account that signs in by itself. An analyst whose link was used before, as
 * in a second run with the same accounts, signs in instead. Accounts are never deleted.
 */
import { PlainError, type Analyst } from '../../fixtures/test.ts';

/** @throws when anything on the way is not as the product promises. */
export async function onboardJourney(analyst: Analyst): Promise<void> {
  const { account, recorder, telemetry, page, invitationPage: invitation, settingsPage, signInPage } = analyst;
  const link = account.invitation;
  if (link === undefined) throw new PlainError(`${account.email} has no invitation to follow.`);
  // There is nothing to do before the start: getting in is what is measured.
  recorder.record({ type: 'analyst', phase: 'ready' });
  await analyst.start();
  recorder.record({ type: 'analyst', phase: 'started' });
  telemetry.startMeasuring();

  const standing = await analyst.step('open-invitation', async () => {
    const found = await invitation.open(link);
    if (found === 'open') await invitation.offers(account);
    return found;
  });
  await telemetry.flush(page);
  if (standing === 'open') {
    await analyst.pause();
    const { email, password } = account;
    const name = account.name === '' ? email : account.name;
    await analyst.step('accept-invitation', () => invitation.accept({ email, name, password }));
  } else await analyst.step('sign-in-instead', () => signInPage.signIn(account));
  recorder.record({ type: 'analyst', phase: 'signed-in', how: standing === 'open' ? 'invitation' : 'form' });

  await analyst.step('dashboard', () => analyst.dashboard.isShown());
  await analyst.pause();
  await analyst.step('check-membership', async () => {
    await analyst.shell.toSettings();
    await settingsPage.isShown();
    await settingsPage.tells(account);
  });
  await analyst.pause();
  await telemetry.flush(page);
  await analyst.step('sign-out', () => analyst.shell.signOut());
  await analyst.pause();
  await analyst.step('sign-in', () => signInPage.signIn(account));
  await analyst.pause();
  await telemetry.flush(page);
  await analyst.step('reopen-invitation', async () => {
    if ((await invitation.open(link)) !== 'used')
      throw new PlainError(`The invitation of ${account.email} is offered again although it was used.`);
  });
}
