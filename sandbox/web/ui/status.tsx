import { AlertTriangle, CircleAlert, CircleCheck, CircleDashed, CircleX, Clock } from 'lucide-react';
import type { RunStatus } from '../../contract.ts';

/** A status as a shape; never its only sign, a word or a tab says the same. */
export function StatusIcon({ status, size = 16 }: { status: RunStatus | undefined; size?: number }) {
  switch (status) {
    case 'success':
      return <CircleCheck aria-hidden className="status-icon ink-good" size={size} />;
    case 'partial':
      return <CircleAlert aria-hidden className="status-icon ink-warn" size={size} />;
    case 'error':
      return <CircleX aria-hidden className="status-icon ink-bad" size={size} />;
    case 'in_progress':
    case 'resuming':
      // Still, on purpose: dozens of them stand on one dashboard, and a run's stages change nothing there.
      return <CircleDashed aria-hidden className="status-icon ink-info" size={size} />;
    case 'pending_review':
      return <AlertTriangle aria-hidden className="status-icon ink-warn" size={size} />;
    case 'cancelled':
      return <CircleX aria-hidden className="status-icon ink-quiet" size={size} />;
    case undefined:
      return <Clock aria-hidden className="status-icon ink-quiet" size={size} />;
  }
}
