import { AlertTriangle, CircleAlert, CircleCheck, CircleX, Clock } from 'lucide-react';
import type { RunStatus } from '../../contract.ts';

/** A disc filled as far as the run has come. Still, on purpose: dozens of them stand on one dashboard. */
export function ProgressDisc({ percent, size = 16 }: { percent: number; size?: number }) {
  return (
    <i
      aria-hidden
      className="progress-disc"
      style={{ width: size, height: size, backgroundImage: `conic-gradient(currentColor ${percent}%, transparent 0)` }}
    />
  );
}

/** A status as a shape; never its only sign, a word or a tab says the same. */
export function StatusIcon({
  status,
  progress,
  size = 16,
}: {
  status: RunStatus | undefined;
  progress: number;
  size?: number;
}) {
  switch (status) {
    case 'success':
      return <CircleCheck aria-hidden className="status-icon ink-good" size={size} />;
    case 'partial':
      return <CircleAlert aria-hidden className="status-icon ink-warn" size={size} />;
    case 'error':
      return <CircleX aria-hidden className="status-icon ink-bad" size={size} />;
    case 'in_progress':
    case 'resuming':
      return (
        <i className="status-icon ink-info">
          <ProgressDisc percent={progress} size={size} />
        </i>
      );
    case 'pending_review':
      return <AlertTriangle aria-hidden className="status-icon ink-warn" size={size} />;
    case 'cancelled':
      return <CircleX aria-hidden className="status-icon ink-quiet" size={size} />;
    case undefined:
      return <Clock aria-hidden className="status-icon ink-quiet" size={size} />;
  }
}
