/** The generator under suspicion: who of a run watches itself, and where that is written down. */
import path from 'node:path';
import { watchLoop, type HealthWatch } from '../telemetry/health/loop-lag.ts';
import { watchMachine } from '../telemetry/health/machine.ts';
import { openRecorder, type Recorder } from '../telemetry/recorder.ts';
import type { RunIdentity } from './identity.ts';

/** A worker watches its event loop, into `events/worker-<n>.jsonl`; `worker` is its parallel index. */
export function watchWorker(identity: RunIdentity, worker: number): HealthWatch {
  return recorded(identity, `worker-${worker}`, (recorder) => watchLoop((event) => recorder.record(event)));
}

/** The runner watches the machine, into `events/machine.jsonl`. */
export function watchRunner(identity: RunIdentity, baseUrl: string): HealthWatch {
  return recorded(identity, 'machine', (recorder) =>
    watchMachine((event) => recorder.record(event), { productPort: portOnThisMachine(baseUrl) }),
  );
}

/** The port of an address on this machine; undefined for another machine's. */
export function portOnThisMachine(baseUrl: string): number | undefined {
  const { hostname, port, protocol } = new URL(baseUrl);
  if (!/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)) return undefined;
  return Number(port || (protocol === 'https:' ? 443 : 80));
}

function recorded(identity: RunIdentity, name: string, watch: (recorder: Recorder) => HealthWatch): HealthWatch {
  const recorder = openRecorder({
    file: path.join(identity.folder, 'events', `${name}.jsonl`),
    runId: identity.runId,
    ...(identity.shard === undefined ? {} : { shard: identity.shard }),
    analyst: name,
    attempt: 1,
  });
  const watching = watch(recorder);
  return {
    stop() {
      try {
        watching.stop();
      } finally {
        recorder.close();
      }
    },
  };
}
