import { AlertTriangle, CircleAlert, CircleCheck, CircleX, Clock, type LucideIcon } from 'lucide-react';
import type { RunStatus } from '../../contract.ts';
import { Badge, type Tone } from '../ui/badge.tsx';

const signs: Record<RunStatus | 'none', { text: string; tone: Tone; Icon: LucideIcon }> = {
  success: { text: 'Success', tone: 'good', Icon: CircleCheck },
  partial: { text: 'Partial', tone: 'warn', Icon: CircleAlert },
  error: { text: 'Error', tone: 'bad', Icon: CircleX },
  in_progress: { text: 'In Progress', tone: 'info', Icon: Clock },
  resuming: { text: 'In Progress', tone: 'info', Icon: Clock },
  pending_review: { text: 'Review Required', tone: 'warn', Icon: AlertTriangle },
  cancelled: { text: 'Cancelled', tone: 'neutral', Icon: CircleX },
  none: { text: 'Processing', tone: 'neutral', Icon: Clock },
};

/** The project page's word for a status; it differs from the dashboard's. */
export function ProjectStatusBadge({ status }: { status: RunStatus | undefined }) {
  const { text, tone, Icon } = signs[status ?? 'none'];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden size={12} />
      {text}
    </Badge>
  );
}
