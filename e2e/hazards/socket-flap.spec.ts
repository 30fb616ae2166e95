import { probe } from '../../fixtures/probe.ts';
import { catalogue } from './catalogue/index.ts';

const watchMs = 20_000;

probe(catalogue['socket-flap'], async (scene) => {
  const analysts = await scene.colleagues('Ada', 'Ben', 'Cleo', 'Dan');
  await Promise.all(analysts.map((analyst) => analyst.opensDashboard()));
  const reconnects = (): number => analysts.reduce((sum, analyst) => sum + analyst.reconnects, 0);
  await analysts[0].does('watches the dashboard, as the others do', () =>
    scene.within(watchMs, () => reconnects() >= 2),
  );
  if (reconnects() >= 2)
    return `${analysts.length} dashboards that nobody left lost their connection ${reconnects()} times within ${watchMs / 1000} s.`;
});
