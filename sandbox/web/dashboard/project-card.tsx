import { ChevronRight, Table } from 'lucide-react';
import { memo } from 'react';
import { useTimeText } from '../lib/clock.ts';
import { duration, relativeTime } from '../lib/format.ts';
import { bucketOf, pathOf, type ProjectItem } from '../lib/project-list.ts';
import { Badge } from '../ui/badge.tsx';
import { Card } from '../ui/card.tsx';
import { StatusIcon } from '../ui/status.tsx';

/**
 * One project. A clickable div without role, link or key handler, as in the product. Its properties are plain values,
 * so that of a thousand cards only the one that changed is drawn again.
 */
export const ProjectCard = memo(function ProjectCard(props: ProjectItem & { onOpen: (path: string) => void }) {
  const { onOpen, ...item } = props;
  const ended = bucketOf(item.status) !== 'active';
  return (
    <Card className="project-card" data-tone={toneOf(item)} onClick={() => onOpen(pathOf(item))}>
      <div className="project-card-name">
        <StatusIcon status={item.status} />
        <span className="clamp">{item.name}</span>
        <ChevronRight aria-hidden className="chevron" size={16} />
      </div>
      <div className="project-card-foot">
        <div className="project-card-when">
          <span>
            <CreatedAgo atMs={item.createdAtMs} />
          </span>
          {ended && item.durationMs !== undefined && (
            <>
              <span className="bar">|</span>
              <span>{duration(item.durationMs)}</span>
            </>
          )}
        </div>
        <StatusBadge status={item.status} />
        {ended && item.status !== 'cancelled' && <SummaryBadges tables={item.tables} cuts={item.cuts} />}
      </div>
    </Card>
  );
});

function toneOf({ status }: ProjectItem): string | undefined {
  if (status === 'pending_review') return 'warn';
  if (status === 'in_progress' || status === 'resuming') return 'info';
  return status === 'cancelled' ? 'quiet' : undefined;
}

function CreatedAgo({ atMs }: { atMs: number }) {
  return useTimeText((nowMs) => relativeTime(atMs, nowMs));
}

/** Only what is under way or was stopped has a word; the rest is told by icon and tab. */
function StatusBadge({ status }: Pick<ProjectItem, 'status'>) {
  if (status === 'pending_review') return <Badge tone="warn">Review Required</Badge>;
  if (status === 'in_progress' || status === 'resuming') return <Badge tone="info">Processing</Badge>;
  if (status === 'cancelled') return <Badge>Cancelled</Badge>;
  return null;
}

function SummaryBadges({ tables, cuts }: Pick<ProjectItem, 'tables' | 'cuts'>) {
  if (tables === undefined && cuts === undefined) return null;
  return (
    <div className="project-card-summary">
      {tables !== undefined && (
        <Badge>
          <Table aria-hidden size={12} />
          {tables} tables
        </Badge>
      )}
      {cuts !== undefined && <Badge variant="outline">{cuts} cuts</Badge>}
    </div>
  );
}
