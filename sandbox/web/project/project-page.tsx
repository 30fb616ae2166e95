import { useParams } from 'react-router';
import type { ProjectRow, RunRow } from '../../contract.ts';
import { duration, longDate } from '../lib/format.ts';
import { bucketOf } from '../lib/project-list.ts';
import { may } from '../lib/session.ts';
import { useProject } from '../lib/use-project.ts';
import { Badge } from '../ui/badge.tsx';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PageSpinner } from '../ui/spinner.tsx';
import { DangerZone } from './danger-zone.tsx';
import { EndedCard, SummaryCard } from './ended-cards.tsx';
import { FeedbackCard } from './feedback-card.tsx';
import { ConfigurationCard, InputFilesCard } from './input-cards.tsx';
import { OutputFilesCard } from './output-files-card.tsx';
import { ProgressCard } from './progress-card.tsx';
import { ProjectNotFound } from './project-not-found.tsx';
import { ProjectStatusBadge } from './project-status-badge.tsx';

export function ProjectPage() {
  const { projectId = '' } = useParams();
  const live = useProject(projectId);
  if (live.state === 'loading') return <PageSpinner />;
  if (live.state === 'gone') return <ProjectNotFound description="The requested project could not be found." />;
  return <ProjectView key={projectId} project={live.project} run={live.run} />;
}

function ProjectView({ project, run }: { project: ProjectRow; run: RunRow | undefined }) {
  const active = run !== undefined && bucketOf(run.status) === 'active';
  const summary = run?.result?.summary;
  return (
    <div>
      <Breadcrumbs trail={[{ label: 'Dashboard', href: '/dashboard' }, { label: project.name }]} />
      <div className="column stack">
        <div>
          <PageHeader title={project.name} description={`Created on ${longDate(project._creationTime)}`} />
          <div className="badges">
            <ProjectStatusBadge status={run?.status} />
            {active && <Badge variant="outline">{run.progress}%</Badge>}
            {summary && <Badge variant="outline">Duration: {duration(summary.durationMs)}</Badge>}
          </div>
        </div>
        {active && <ProgressCard run={run} />}
        {run && <EndedCard run={run} />}
        {summary && <SummaryCard summary={summary} />}
        <OutputFilesCard run={run} active={active || run === undefined} />
        <FeedbackCard run={run} />
        <InputFilesCard intake={project.intake} />
        <ConfigurationCard config={project.config} />
        {may('delete-project') && <DangerZone projectId={project._id} name={project.name} />}
      </div>
    </div>
  );
}
