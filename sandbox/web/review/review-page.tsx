import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { toast } from 'sonner';
import { callApi, messageOf, sendJson } from '../lib/api.ts';
import { useProject } from '../lib/use-project.ts';
import { ProjectNotFound } from '../project/project-not-found.tsx';
import { PageSpinner } from '../ui/spinner.tsx';
import { type Decisions, toPayload } from './decisions.ts';
import { ReviewForm } from './review-form.tsx';
import { ReviewCompleted, ReviewNotAvailable } from './review-messages.tsx';

export function ReviewPage() {
  const { projectId = '' } = useParams();
  return <Review key={projectId} projectId={projectId} />;
}

/**
 * Which page this is depends on the run alone, at every moment: a saved review whose run is finished before the answer
 * has come is `Review Not Available` for that while.
 */
function Review({ projectId }: { projectId: string }) {
  const navigate = useNavigate();
  const live = useProject(projectId);
  const [decisions, setDecisions] = useState<Decisions>(new Map());
  const [working, setWorking] = useState(false);
  const [error, setError] = useState<string>();

  const attempt = async (action: () => Promise<void>) => {
    setWorking(true);
    setError(undefined);
    try {
      await action();
    } catch (failure) {
      setError(messageOf(failure));
      setWorking(false);
    }
  };

  if (live.state === 'loading') return <PageSpinner />;
  if (live.state === 'gone') return <ProjectNotFound description="This project may have been deleted." />;

  const { run } = live;
  const state = run?.result?.reviewState;
  const projectPath = `/projects/${encodeURIComponent(projectId)}`;
  const cancel = () =>
    attempt(async () => {
      if (run)
        await callApi(`/api/runs/${encodeURIComponent(run._id)}/cancel`, { method: 'POST' }, 'Failed to cancel run');
      await navigate('/dashboard');
    });

  if (!run || !state)
    return <ReviewNotAvailable run={run} error={error} working={working} onCancelRun={() => void cancel()} />;
  if (run.status !== 'pending_review' && state.status !== 'awaiting_review')
    return <ReviewCompleted projectPath={projectPath} />;

  const save = () =>
    attempt(async () => {
      const path = `/api/runs/${encodeURIComponent(run._id)}/review`;
      await sendJson('POST', path, toPayload(state.flaggedColumns, decisions), 'Failed to submit review');
      toast.success('Review saved', { description: 'Pipeline is continuing with your decisions.' });
      await navigate(projectPath);
    });

  return (
    <ReviewForm
      projectPath={projectPath}
      state={state}
      decisions={decisions}
      onDecide={(key, decision) => setDecisions((old) => new Map(old).set(key, decision))}
      error={error}
      working={working}
      onCancel={() => void cancel()}
      onSave={() => void save()}
    />
  );
}
