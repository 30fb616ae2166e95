import { probe } from '../../fixtures/probe.ts';
import type { Exchange } from '../../fixtures/test.ts';
import { catalogue } from './catalogue/index.ts';

/** Even for each analyst, so that in the end every preference is as it was; and few, for all of it counts towards a limit. */
const times = { clicks: 4, rounds: 3 };

probe(catalogue['serial-writes'], async (scene) => {
  const [eve, dan, ...busy] = await scene.colleagues('Eve', 'Dan', 'Ada', 'Ben', 'Cleo');
  await Promise.all([eve, ...busy].map((analyst) => analyst.opensSettings()));
  const saved = () => scene.log.answers('PATCH', /./);
  const colleaguesSave = () => Promise.all(busy.map((analyst) => analyst.clicksSetting(times.clicks)));
  const ahead = busy.length * times.clicks;
  // Their browsers open their connections the first time.
  await colleaguesSave();
  await scene.within(scene.runMs, () => saved().length === ahead);
  const aloneMs = took(await eve.savesSetting());

  const rounds: { readonly writeMs: number; readonly readMs: number }[] = [];
  while (rounds.length < times.rounds) {
    await colleaguesSave();
    const [write, read] = await Promise.all([eve.savesSetting(), dan.opensSettings()]);
    rounds.push({ writeMs: took(write), readMs: took(read) });
    await scene.within(scene.runMs, () => saved().length === (rounds.length + 1) * (ahead + 1));
  }
  const refused = saved().find(({ status }) => status !== 200);
  if (refused) throw new Error(`Saving a setting was answered with ${refused.status}.`);

  // In a queue hers waits for theirs, and what is only read overtakes it. A busy machine holds up both, and not each time.
  if (rounds.every(({ writeMs, readMs }) => writeMs > 5 * aloneMs && writeMs > 8 * readMs))
    return `Alone a setting was saved in ${Math.round(aloneMs)} ms. Each of ${times.rounds} times that ${busy.length} colleagues saved theirs ${times.clicks} times it took at least ${Math.round(Math.min(...rounds.map(({ writeMs }) => writeMs)))} ms; a colleague who read theirs at the same moment had it within ${Math.round(Math.max(...rounds.map(({ readMs }) => readMs)))} ms.`;
});

const took = ({ askedAt, answeredAt }: Exchange): number => answeredAt - askedAt;
