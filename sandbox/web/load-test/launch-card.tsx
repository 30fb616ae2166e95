import { Play, Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { toast } from 'sonner';
import type { LoadTestResult } from '../../contract.ts';
import { ApiError, messageOf, sendJson } from '../lib/api.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { Input } from '../ui/field.tsx';
import { Select } from '../ui/select.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { LaunchResult } from './launch-result.tsx';

/** What a launch was answered with, and when it was asked for (milliseconds since 1970). */
export interface Launch {
  startedAt: number;
  result?: LoadTestResult;
}

const concurrencies = [
  { value: '1', label: '1 (sequential)' },
  { value: '3', label: '3 (light)' },
  { value: '5', label: '5 (moderate)' },
  { value: '10', label: '10 (heavy)' },
  { value: '15', label: '15 (stress)' },
] as const;

interface LaunchCardProps {
  selected: ReadonlySet<string>;
  prefix: string;
  onPrefix: (prefix: string) => void;
  launch: Launch | undefined;
  onLaunch: (launch: Launch | undefined) => void;
  /** How many live projects have the prefix. */
  existing: number;
}

export function LaunchCard({ selected, prefix, onPrefix, launch, onLaunch, existing }: LaunchCardProps) {
  const [concurrency, setConcurrency] = useState('3');
  const [launching, setLaunching] = useState(false);
  const [asking, setAsking] = useState(false);

  const start = async () => {
    const begun = { startedAt: Date.now() };
    setLaunching(true);
    onLaunch(begun);
    const result = await launchAll([...selected], Number(concurrency), prefix);
    if (result) onLaunch({ ...begun, result });
    setLaunching(false);
  };

  return (
    <Card>
      <CardHeader>
        <CardTitle>Launch Configuration</CardTitle>
      </CardHeader>
      <CardContent className="stack">
        <div className="pair">
          <PrefixField prefix={prefix} onPrefix={onPrefix} />
          <div data-slot="form-item">
            {/* No label of the box, as in the product: it has no name. */}
            <div data-slot="form-label">Concurrency</div>
            <Select value={concurrency} onChange={setConcurrency} options={concurrencies} />
          </div>
        </div>
        <div className="launch-actions">
          <Button disabled={launching || selected.size === 0 || prefix === ''} onClick={() => void start()}>
            {launching ? <Spinner /> : <Play aria-hidden size={16} />}
            {launching ? 'Launching...' : `Launch ${selected.size} ${selected.size === 1 ? 'Pipeline' : 'Pipelines'}`}
          </Button>
          {existing > 0 && (
            <Button variant="outline" onClick={() => setAsking(true)}>
              <Trash2 aria-hidden size={16} />
              Cleanup ({existing})
            </Button>
          )}
        </div>
        {launch?.result && <LaunchResult result={launch.result} />}
      </CardContent>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Clean up load test projects"
        description={`${existing} ${existing === 1 ? 'project' : 'projects'} whose names begin with “${prefix} — ” will be deleted, with their runs.`}
        expected={prefix}
        prompt="Type the name prefix to confirm"
        action="Delete Projects"
        onConfirm={async () => {
          await cleanUp(prefix);
          onLaunch(undefined);
        }}
      />
    </Card>
  );
}

function PrefixField({ prefix, onPrefix }: Pick<LaunchCardProps, 'prefix' | 'onPrefix'>) {
  const id = useId();
  return (
    <div data-slot="form-item">
      <label data-slot="form-label" htmlFor={id}>
        Name Prefix
      </label>
      <Input id={id} value={prefix} onChange={(event) => onPrefix(event.target.value)} />
      <p data-slot="form-description">Projects are named {prefix} — dataset</p>
    </div>
  );
}

/** Undefined when the request as a whole was refused, or not answered; toasts say how it went. */
async function launchAll(
  datasets: readonly string[],
  concurrency: number,
  namePrefix: string,
): Promise<LoadTestResult | undefined> {
  try {
    const body = { datasets, concurrency, namePrefix };
    const result = await sendJson<LoadTestResult>('POST', '/api/dev/load-test/launch', body, 'Load test launch failed');
    if (result.totalLaunched === 0)
      toast.error('No pipelines launched', {
        description: result.errors.map(({ dataset, error }) => `${dataset}: ${error}`).join(', '),
      });
    else
      toast.success(`Launched ${result.totalLaunched} pipeline(s)`, {
        ...(result.totalErrors > 0 ? { description: `${result.totalErrors} failed to launch` } : {}),
      });
    return result;
  } catch (error) {
    toast.error(error instanceof ApiError ? 'Launch failed' : 'Launch request failed', {
      description: messageOf(error),
    });
    return undefined;
  }
}

async function cleanUp(namePrefix: string): Promise<void> {
  try {
    const path = '/api/dev/load-test/cleanup';
    const { projectsDeleted } = await sendJson<{ projectsDeleted: number }>(
      'POST',
      path,
      { namePrefix },
      'Cleanup failed',
    );
    toast.success(`Deleted ${projectsDeleted} project(s)`);
  } catch (error) {
    const tell = () => toast.error('Cleanup failed', { description: messageOf(error) });
    tell();
    // A refusal is told twice, as in the product.
    if (error instanceof ApiError) tell();
    throw error;
  }
}
