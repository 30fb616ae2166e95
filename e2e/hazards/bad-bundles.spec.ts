import { badBundles } from '../../fixtures/bad-bundles.ts';
import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

/** Words that tell a developer something, and an analyst nothing. */
const unclear =
  /\b(undefined|null|exception|stack trace|failed to fetch|networkerror|internal server error|unknown error)\b|\[object/i;

probe(catalogue['bad-bundles'], async (scene) => {
  const [ada, ben] = await scene.colleagues('Ada', 'Ben');
  const name = scene.projectName('with bad files');
  for (const { name: defect, title, files } of await badBundles()) {
    await ada.beginsProject(name, { hasBanner: files.banner !== undefined });
    const said = await ada.does(`offers the files of "${defect}"`, () => ada.wizard.offer(files, scene.graceMs));
    if (said === undefined) return `The wizard goes on with bad files (${title}).`;
    if (!/\w+ \w+/.test(said) || unclear.test(said))
      return `The wizard refuses bad files (${title}), and does not say clearly why: "${said}"`;
  }

  await ben.opensDashboard();
  const left = ben.board.byName(name);
  if (left !== undefined) return `"${name}" is on the dashboard, although its files were all refused.`;
  await ada.preparesLaunch(name, await scene.plainBundle);
  const answer = await ada.launches();
  if (!answer.accepted) return `After refused files the name is not free any more: ${answer.status} ${answer.message}`;
});
