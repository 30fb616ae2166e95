/** To the dashboard: signed in, one after another, and then over the start line, along its ramp. */
import type { Analyst } from '../../fixtures/test.ts';

export async function arrive(analyst: Analyst): Promise<void> {
  const { recorder, telemetry, page } = analyst;
  await analyst.turn();
  await analyst.enter();
  recorder.record({ type: 'analyst', phase: 'ready' });
  await analyst.start();
  recorder.record({ type: 'analyst', phase: 'started' });
  await telemetry.flush(page);
  telemetry.startMeasuring();
  await analyst.step('dashboard', () => analyst.dashboard.load());
  telemetry.watch(analyst.projectName, true);
  for (const project of analyst.colleagues.expected) telemetry.watch(project, false);
}
