import { setTimeout as sleep } from 'node:timers/promises';
import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

const entry = catalogue['rate-limit'];
/** PRODUCT.md section 5: so many launches of an organisation in ten minutes, which the setting shortens. */
const allowed = 5;
const windowS = 600 * entry.setting.limitWindow;

probe(entry, async (scene) => {
  const [ada, ben, cleo] = await scene.colleagues('Ada', 'Ben', 'Cleo');
  const bundle = await scene.plainBundle;
  const [taken, late] = [scene.projectName('taken'), scene.projectName('in due time')];
  await Promise.all([
    ada.preparesLaunch(taken, bundle),
    ben.preparesLaunch(taken, bundle),
    cleo.preparesLaunch(late, bundle),
  ]);
  const beganAt = Date.now();
  await ada.launches();
  // A name that is taken is refused and counts all the same, and leaves the form as it was.
  for (let made = 2; made <= allowed; made += 1) {
    const early = await ben.launches();
    if (!early.accepted && early.status === 429)
      return `Launch ${made} of an organisation is refused with 429; ${allowed} are allowed.`;
  }
  const limited = await cleo.launches();
  const tookS = (Date.now() - beganAt) / 1000;
  if (limited.accepted || limited.status !== 429) {
    if (tookS > windowS) throw new Error(`${allowed} launches took ${tookS} s, longer than the limit looks back.`);
    return `${allowed + 1} launches of an organisation within ${tookS} s are let through; ${allowed} are allowed in ${windowS} s.`;
  }
  const { retryAfterS } = limited;
  if (retryAfterS === undefined) return 'A launch is refused with 429, and not told when to come again.';
  if (retryAfterS > windowS)
    return `A launch is told to come again after ${retryAfterS} s; the limit is over in ${windowS} s.`;
  if (ada.board.has(late)) return `"${late}" was refused with 429, and is on the dashboard.`;

  await cleo.does(`waits for ${retryAfterS} s, as told`, () => sleep(retryAfterS * 1000));
  const again = await cleo.launches();
  if (!again.accepted)
    return `A launch was told to come again after ${retryAfterS} s, did so, and is refused: ${again.status} ${again.message}`;
});
