import { CircleCheck, Circle, CirclePlay, CircleX } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import type { RunRow } from '../../contract.ts';
import { callApi, messageOf } from '../lib/api.ts';
import { may } from '../lib/session.ts';
import { type StepState, timeline } from '../lib/timeline.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { Spinner } from '../ui/spinner.tsx';

/** Where an active run stands, and what can be done about it. */
export function ProgressCard({ run }: { run: RunRow }) {
  const navigate = useNavigate();
  return (
    <Card>
      <CardHeader className="with-action">
        <CardTitle>Pipeline Progress</CardTitle>
        {run.status === 'pending_review' ? (
          <Button size="sm" onClick={() => void navigate(`/projects/${encodeURIComponent(run.projectId)}/review`)}>
            <CirclePlay aria-hidden size={16} />
            Review Now
          </Button>
        ) : (
          may('cancel') && <CancelButton runId={run._id} />
        )}
      </CardHeader>
      <CardContent>
        <div className="timeline">
          {timeline(run).map((step) => (
            <div key={step.label} className="timeline-step" data-state={step.state}>
              <StepSign state={step.state} percent={run.progress} />
              <div>
                <p className="timeline-label">{step.label}</p>
                <p className="timeline-text">{step.text}</p>
              </div>
            </div>
          ))}
        </div>
      </CardContent>
    </Card>
  );
}

function StepSign({ state, percent }: { state: StepState; percent: number }) {
  if (state === 'done') return <CircleCheck aria-hidden className="ink-good" size={20} />;
  if (state === 'waiting') return <Circle aria-hidden className="ink-faint" size={20} />;
  return (
    <span className="ink-info">
      <ProgressDisc percent={percent} />
    </span>
  );
}

/** A disc filled as far as the run has come. */
function ProgressDisc({ percent }: { percent: number }) {
  return (
    <i
      aria-hidden
      className="progress-disc"
      style={{ backgroundImage: `conic-gradient(currentColor ${percent}%, transparent 0)` }}
    />
  );
}

/** Says nothing when it worked: the change of status comes by itself, and takes the button away. */
function CancelButton({ runId }: { runId: string }) {
  const [cancelling, setCancelling] = useState(false);
  const cancel = async () => {
    setCancelling(true);
    try {
      await callApi(`/api/runs/${encodeURIComponent(runId)}/cancel`, { method: 'POST' }, 'Failed to cancel run');
    } catch (error) {
      toast.error('Failed to cancel', { description: messageOf(error) });
      setCancelling(false);
    }
  };
  return (
    <Button variant="outline" size="sm" disabled={cancelling} onClick={() => void cancel()}>
      {cancelling ? <Spinner /> : <CircleX aria-hidden size={16} />}
      {cancelling ? 'Cancelling...' : 'Cancel'}
    </Button>
  );
}
