import { CircleX } from 'lucide-react';
import type { RunRow, RunSummary } from '../../contract.ts';
import { count, duration } from '../lib/format.ts';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';

/** Why there is no result, where there is none. */
export function EndedCard({ run }: { run: RunRow }) {
  if (run.status === 'cancelled') {
    return <Reason tone="neutral" title="Pipeline Cancelled" text="This run was cancelled before it was finished." />;
  }
  if (run.status === 'error') {
    return <Reason tone="bad" title="Pipeline Error" text={run.error ?? 'An error occurred during processing.'} />;
  }
  return null;
}

function Reason({ tone, title, text }: { tone: 'neutral' | 'bad'; title: string; text: string }) {
  return (
    <Card className={`notice tone-${tone}`}>
      <CardContent>
        <span className="notice-icon">
          <CircleX aria-hidden size={20} />
        </span>
        <div className="notice-text">
          <p className="notice-title">{title}</p>
          <p>{text}</p>
        </div>
      </CardContent>
    </Card>
  );
}

export function SummaryCard({ summary }: { summary: RunSummary }) {
  const figures = [
    ['Tables', count(summary.tables)],
    ['Cuts', count(summary.cuts)],
    ['Banner Groups', count(summary.bannerGroups)],
    ['Duration', duration(summary.durationMs)],
  ];
  return (
    <Card>
      <CardHeader>
        <CardTitle>Summary Statistics</CardTitle>
      </CardHeader>
      <CardContent className="figures">
        {figures.map(([name, value]) => (
          <div key={name} className="figure">
            <p className="figure-value">{value}</p>
            <p className="figure-name">{name}</p>
          </div>
        ))}
      </CardContent>
    </Card>
  );
}
