import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

/** PRODUCT.md section 5: an organisation may launch five times in ten minutes, fifty times in development. */
const most = 51;

probe(catalogue['shared-limiter'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const [zoe] = await scene.strangers('Zoe');
  const bundle = await scene.plainBundle;
  const taken = scene.projectName('taken');
  await Promise.all([
    ada.launchesProject(taken, bundle),
    ben.preparesLaunch(taken, bundle),
    zoe.preparesLaunch(scene.projectName('of the other'), bundle),
  ]);
  // A name that is taken is refused and counts all the same, and leaves the form as it was.
  const refusals = [];
  do refusals.push(await ben.launches());
  while (refusals.length < most && !refusals.some((answer) => !answer.accepted && answer.status === 429));
  const limited = refusals.at(-1);
  if (!limited || limited.accepted || limited.status !== 429)
    throw new Error(`${most} launches in a row met no limit, so nothing can be said of whose it is.`);
  if (limited.retryAfterS === undefined) return 'A launch is refused with 429, and not told when to come again.';

  const elsewhere = await zoe.launches();
  if (!elsewhere.accepted && elsewhere.status === 429)
    return `After ${ben.account.organization} had reached its limit, the first launch of ${zoe.account.organization} was refused with 429.`;
});
