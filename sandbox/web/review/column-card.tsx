import { AlertTriangle, ChevronDown, ChevronRight } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useState } from 'react';
import type { FlaggedColumn } from '../../contract.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button, type ButtonVariant } from '../ui/button.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { Input } from '../ui/field.tsx';
import type { Decision } from './decisions.ts';

interface ColumnCardProps {
  column: FlaggedColumn;
  decision: Decision;
  onDecide: (decision: Decision) => void;
}

/** One column of the banner, and what to do about it. Which button is chosen shows in its variant alone. */
export function ColumnCard({ column, decision, onDecide }: ColumnCardProps) {
  const [hint, setHint] = useState('');
  const chosen = (action: Decision['action'], variant: ButtonVariant) =>
    decision.action === action ? variant : 'outline';
  const percent = Math.round(column.confidence * 100);
  return (
    <Card className="review-column">
      <CardHeader className="with-action">
        <CardTitle>{column.columnName}</CardTitle>
        <Badge tone={toneOf(percent)}>{percent}% confident</Badge>
      </CardHeader>
      <CardContent>
        {column.userSummary && <p className="quiet">{column.userSummary}</p>}
        <dl className="expressions">
          <dt>Banner says:</dt>
          <dd>{column.original || <em>Empty</em>}</dd>
          <dt>AI suggests:</dt>
          <dd data-picked={decision.action === 'select_alternative'}>{suggestion(column, decision) || <em>NA</em>}</dd>
        </dl>
        <div className="decisions">
          <Button size="sm" variant={chosen('approve', 'default')} onClick={() => onDecide({ action: 'approve' })}>
            Accept
          </Button>
          {column.alternatives.length > 0 && (
            <Alternatives
              alternatives={column.alternatives}
              variant={chosen('select_alternative', 'secondary')}
              onPick={(selectedAlternative) => onDecide({ action: 'select_alternative', selectedAlternative })}
            />
          )}
          <Button
            size="sm"
            variant={chosen('provide_hint', 'secondary')}
            onClick={() => onDecide({ action: 'provide_hint', hint })}
          >
            Give hint
          </Button>
          <Button size="sm" variant={chosen('skip', 'secondary')} onClick={() => onDecide({ action: 'skip' })}>
            Skip
          </Button>
        </div>
        {decision.action === 'provide_hint' && (
          <Input
            value={hint}
            placeholder="e.g., use variable Q5, not S2"
            maxLength={1000}
            onChange={(event) => {
              setHint(event.target.value);
              onDecide({ action: 'provide_hint', hint: event.target.value });
            }}
          />
        )}
        <Concerns concerns={column.uncertainties} />
      </CardContent>
    </Card>
  );
}

function toneOf(percent: number): Tone {
  if (percent < 70) return 'bad';
  return percent < 85 ? 'warn' : 'good';
}

function suggestion(column: FlaggedColumn, decision: Decision): string {
  if (decision.action !== 'select_alternative') return column.proposed;
  return column.alternatives[decision.selectedAlternative]?.expression ?? column.proposed;
}

function Alternatives(props: {
  alternatives: FlaggedColumn['alternatives'];
  variant: ButtonVariant;
  onPick: (index: number) => void;
}) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button size="sm" variant={props.variant}>
          Pick alternative
          <ChevronDown aria-hidden size={14} />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content data-slot="dropdown-menu-content" align="start" sideOffset={4}>
          {props.alternatives.map((alternative, index) => (
            <DropdownMenu.Item
              data-slot="dropdown-menu-item"
              className="alternative"
              key={alternative.expression}
              onSelect={() => props.onPick(index)}
            >
              <code>{alternative.expression}</code>
              <span>{alternative.userSummary}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Concerns({ concerns }: { concerns: readonly string[] }) {
  const [open, setOpen] = useState(false);
  if (concerns.length === 0) return null;
  return (
    <div className="concerns">
      <button type="button" className="concerns-toggle" onClick={() => setOpen(!open)}>
        {open ? <ChevronDown aria-hidden size={16} /> : <ChevronRight aria-hidden size={16} />}
        <AlertTriangle aria-hidden className="ink-warn" size={16} />
        <span>
          {concerns.length} AI {concerns.length === 1 ? 'Concern' : 'Concerns'}
        </span>
      </button>
      {open && (
        <ul>
          {concerns.map((concern) => (
            <li key={concern}>{concern}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
