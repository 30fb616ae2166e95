/** Faults of what runs write: themes and folders. */
import { bothWays, hasEnded, works } from './testing.ts';

bothWays(
  'theme-swap',
  async (context, faults) => {
    const { launch, reached, workbook } = await works(context, { faults, pace: 0.5 });
    const classic = await launch('Classic', { config: { theme: 'classic' } });
    const earth = await launch('Earth', { config: { theme: 'earth' } });
    for (const { runId } of [classic, earth]) await reached(runId, hasEnded);
    const themes = [(await workbook(classic.runId))['Theme'], (await workbook(earth.runId))['Theme']];
    return themes[0] === 'Classic' && themes[1] === 'Earth' ? 'own' : 'exchanged';
  },
  { on: 'exchanged', off: 'own' },
);

bothWays(
  'output-collision=86400000',
  async (context, faults) => {
    const { launch, reached, workbook } = await works(context, { faults, pace: 0.2 });
    const [meridian, harbor] = ['Meridian Research', 'Harbor Insights'];
    const ours = await launch('Ours', { organization: meridian });
    const theirs = await launch('Theirs', { organization: harbor });
    for (const { runId } of [ours, theirs]) await reached(runId, hasEnded);
    const projects = [
      (await workbook(ours.runId, meridian))['Project'],
      (await workbook(theirs.runId, harbor))['Project'],
    ];
    return projects[0] === 'Ours' && projects[1] === 'Theirs' ? 'own' : 'foreign';
  },
  { on: 'foreign', off: 'own' },
);
