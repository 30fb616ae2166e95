import { useEffect, useState } from 'react';
import type { DatasetManifest } from '../../contract.ts';
import { callApi, messageOf } from '../lib/api.ts';

export type ManifestState =
  { state: 'loading' } | { state: 'failed'; error: string } | { state: 'here'; manifest: DatasetManifest };

/** The manifest of datasets, read once. */
export function useManifest(): ManifestState {
  const [answer, setAnswer] = useState<ManifestState>({ state: 'loading' });
  useEffect(() => {
    const controller = new AbortController();
    callApi<DatasetManifest>(
      '/api/dev/load-test/datasets',
      { signal: controller.signal },
      'Failed to fetch dataset manifest. Run the upload script first.',
    ).then(
      (manifest) => setAnswer({ state: 'here', manifest }),
      (error: unknown) => {
        if (!controller.signal.aborted) setAnswer({ state: 'failed', error: messageOf(error) });
      },
    );
    return () => controller.abort();
  }, []);
  return answer;
}
