import { AlertTriangle, CircleCheck, CircleX, Clock, Lightbulb, ListOrdered, SkipForward } from 'lucide-react';
import type { ReviewState } from '../../contract.ts';
import { Badge } from '../ui/badge.tsx';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { Button } from '../ui/button.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { ColumnCard } from './column-card.tsx';
import { accepted, byGroup, countDecisions, type Decision, type Decisions, keyOf } from './decisions.ts';

interface ReviewFormProps {
  projectPath: string;
  state: ReviewState;
  decisions: Decisions;
  onDecide: (key: string, decision: Decision) => void;
  error: string | undefined;
  working: boolean;
  onCancel: () => void;
  onSave: () => void;
}

export function ReviewForm({
  projectPath,
  state,
  decisions,
  onDecide,
  error,
  working,
  onCancel,
  onSave,
}: ReviewFormProps) {
  const columns = state.flaggedColumns;
  return (
    <div>
      <Breadcrumbs
        trail={[
          { label: 'Dashboard', href: '/dashboard' },
          { label: 'Project', href: projectPath },
          { label: 'Review' },
        ]}
      />
      <div className="column stack">
        <div>
          <PageHeader
            title="Quick Review Needed"
            description={`The AI wasn't certain about ${columns.length} matches. Please confirm or correct.`}
          />
          <div className="badges">
            <Badge tone="warn">
              <AlertTriangle aria-hidden size={12} />
              Pending Review
            </Badge>
            <TablesBadge status={state.pathBStatus} />
          </div>
        </div>
        {error !== undefined && <p className="inline-error">{error}</p>}
        {byGroup(columns).map(([group, members]) => (
          <section key={group} className="review-group">
            <h3>{group}</h3>
            {members.map((column) => {
              const key = keyOf(column);
              return (
                <ColumnCard
                  key={key}
                  column={column}
                  decision={decisions.get(key) ?? accepted}
                  onDecide={(decision) => onDecide(key, decision)}
                />
              );
            })}
          </section>
        ))}
        <div data-slot="card" className="review-footer">
          <Counts counts={countDecisions(columns, decisions)} />
          <Button variant="outline" disabled={working} onClick={onCancel}>
            Cancel
          </Button>
          <Button disabled={working} onClick={onSave}>
            {working && <Spinner />}
            {working
              ? state.pathBStatus === 'running'
                ? 'Waiting for tables...'
                : 'Processing...'
              : 'Save & Continue'}
          </Button>
        </div>
      </div>
    </div>
  );
}

function TablesBadge({ status }: { status: ReviewState['pathBStatus'] }) {
  if (status === 'completed') {
    return (
      <Badge variant="outline" tone="good">
        <CircleCheck aria-hidden size={12} />
        Tables Ready
      </Badge>
    );
  }
  if (status === 'error') {
    return (
      <Badge variant="outline" tone="bad">
        <CircleX aria-hidden size={12} />
        Table Processing Failed
      </Badge>
    );
  }
  return (
    <Badge variant="outline">
      <Clock aria-hidden size={12} />
      Processing Tables...
    </Badge>
  );
}

/** Bare numbers beside icons, without names, as in the product; the title helps those who point at them. */
function Counts({ counts }: { counts: Record<Decision['action'], number> }) {
  const rows = [
    { action: 'approve', title: 'Accepted', Icon: CircleCheck },
    { action: 'select_alternative', title: 'Alternatives', Icon: ListOrdered },
    { action: 'provide_hint', title: 'Hints', Icon: Lightbulb },
    { action: 'skip', title: 'Skipped', Icon: SkipForward },
  ] as const;
  return (
    <div className="review-counts">
      {rows
        .filter(({ action }) => action === 'approve' || counts[action] > 0)
        .map(({ action, title, Icon }) => (
          <span key={action} title={title}>
            <Icon aria-hidden size={16} />
            {counts[action]}
          </span>
        ))}
    </div>
  );
}
