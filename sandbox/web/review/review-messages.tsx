import { useNavigate } from 'react-router';
import type { RunRow } from '../../contract.ts';
import { bucketOf } from '../lib/project-list.ts';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { Button } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';

interface NotAvailableProps {
  run: RunRow | undefined;
  error: string | undefined;
  working: boolean;
  onCancelRun: () => void;
}

export function ReviewNotAvailable({ run, error, working, onCancelRun }: NotAvailableProps) {
  const navigate = useNavigate();
  const active = run !== undefined && bucketOf(run.status) === 'active';
  return (
    <div>
      <Breadcrumbs trail={[{ label: 'Dashboard', href: '/dashboard' }, { label: 'Review Not Available' }]} />
      <PageHeader
        title="Review Not Available"
        description={error ?? 'This project does not need a review, or has already had it.'}
      />
      <div className="badges">
        {active && (
          <Button variant="destructive" disabled={working} onClick={onCancelRun}>
            Cancel Run
          </Button>
        )}
        <Button variant="outline" onClick={() => void navigate('/dashboard')}>
          Back to Dashboard
        </Button>
      </div>
    </div>
  );
}

export function ReviewCompleted({ projectPath }: { projectPath: string }) {
  const navigate = useNavigate();
  return (
    <div>
      <Breadcrumbs trail={[{ label: 'Dashboard', href: '/dashboard' }, { label: 'Review Completed' }]} />
      <PageHeader title="Review Already Completed" description="This review has already been done." />
      <Button variant="outline" onClick={() => void navigate(projectPath)}>
        View Project
      </Button>
    </div>
  );
}
