import { Clock } from 'lucide-react';
import { memo, useEffect, useState } from 'react';
import type { RunStatus } from '../../contract.ts';
import { duration } from '../lib/format.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { StatusIcon } from '../ui/status.tsx';
import { type Counts, countStatuses, finished, type Monitored } from './monitor.ts';

const toneOf: Record<RunStatus, Tone> = {
  in_progress: 'info',
  resuming: 'info',
  pending_review: 'warn',
  success: 'good',
  partial: 'warn',
  error: 'bad',
  cancelled: 'neutral',
};
const toneOfCount: Record<keyof Counts, Tone> = { running: 'info', review: 'warn', done: 'good', failed: 'bad' };

interface MonitoringCardProps {
  projects: readonly Monitored[];
  /** When this page launched; milliseconds since 1970. */
  startedAt: number | undefined;
}

/** The projects of the prefix as they go, whoever launched them. */
export function MonitoringCard({ projects, startedAt }: MonitoringCardProps) {
  const counts = countStatuses(projects);
  const share = Math.round((100 * finished(counts)) / projects.length);
  return (
    <Card>
      <CardHeader className="with-action">
        <CardTitle>Monitoring</CardTitle>
        <div className="badges">
          {(Object.keys(counts) as (keyof Counts)[]).map(
            (kind) =>
              counts[kind] > 0 && (
                <Badge key={kind} tone={toneOfCount[kind]}>
                  {counts[kind]} {kind}
                </Badge>
              ),
          )}
        </div>
      </CardHeader>
      <CardContent className="monitoring">
        <div className="monitoring-facts">
          <span>{projects.length} total</span>
          {startedAt !== undefined && <Elapsed key={startedAt} startedAt={startedAt} running={counts.running > 0} />}
          <span>
            {finished(counts)} / {projects.length} finished
          </span>
        </div>
        <div className="monitoring-bar">
          <div style={{ width: `${share}%` }} />
        </div>
        <div className="monitoring-rows">
          {projects.map((project) => (
            <ProjectRow key={project.projectId} {...project} />
          ))}
        </div>
      </CardContent>
    </Card>
  );
}

/** Counts seconds while anything runs, and then stands still. */
function Elapsed({ startedAt, running }: { startedAt: number; running: boolean }) {
  const [nowMs, setNowMs] = useState(startedAt);
  useEffect(() => {
    if (!running) return;
    const look = () => setNowMs(Date.now());
    const timer = setInterval(look, 1000);
    return () => {
      clearInterval(timer);
      look();
    };
  }, [running]);
  if (nowMs <= startedAt) return null;
  return (
    <span className="elapsed">
      <Clock aria-hidden size={14} />
      {duration(nowMs - startedAt)}
    </span>
  );
}

const ProjectRow = memo(function ProjectRow({ dataset, status, progress, message }: Monitored) {
  const active = status === 'in_progress' || status === 'resuming';
  return (
    <div className="monitoring-row">
      <StatusIcon status={status} />
      <div className="monitoring-text">
        <p>{dataset}</p>
        <p className="quiet small">{message}</p>
      </div>
      {active && progress !== undefined && <span className="quiet small">{progress}%</span>}
      <Badge tone={toneOf[status]}>{status.replace('_', ' ')}</Badge>
    </div>
  );
});
