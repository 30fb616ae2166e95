import { PlusCircle, Search } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { memo, useCallback, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { type Bucket, buckets, countByBucket, filterProjects, type ProjectItem } from '../lib/project-list.ts';
import { may } from '../lib/session.ts';
import { useProjects } from '../lib/use-projects.ts';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { Button } from '../ui/button.tsx';
import { Input } from '../ui/field.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { PageSpinner } from '../ui/spinner.tsx';
import { workOnClick } from './click-work.ts';
import { ProjectCard } from './project-card.tsx';

const tabLabels: Record<Bucket, string> = { all: 'All', active: 'Active', completed: 'Completed', failed: 'Failed' };

export function DashboardPage() {
  const projects = useProjects();
  return (
    <div onClickCapture={workOnClick}>
      <Breadcrumbs trail={[{ label: 'Dashboard' }]} />
      <PageHeader
        title="Projects"
        description="Your crosstab pipeline runs"
        actions={may('create') && <NewProjectButton />}
      />
      {projects === undefined ? (
        <PageSpinner />
      ) : projects.length === 0 ? (
        <EmptyDashboard />
      ) : (
        <ProjectList projects={projects} />
      )}
    </div>
  );
}

function NewProjectButton() {
  const navigate = useNavigate();
  return (
    <Button onClick={() => void navigate('/projects/new')}>
      <PlusCircle aria-hidden size={16} />
      New Project
    </Button>
  );
}

function EmptyDashboard() {
  return (
    <div className="empty">
      <p>No projects yet. Upload your first dataset to get started.</p>
      {may('create') && <NewProjectButton />}
    </div>
  );
}

const ProjectList = memo(function ProjectList({ projects }: { projects: ProjectItem[] }) {
  const navigate = useNavigate();
  const [bucket, setBucket] = useState<Bucket>('all');
  const [text, setText] = useState('');
  const counts = useMemo(() => countByBucket(projects), [projects]);
  const shown = useMemo(() => filterProjects(projects, bucket, text), [projects, bucket, text]);
  const open = useCallback((path: string) => void navigate(path), [navigate]);
  return (
    <>
      <div className="list-tools">
        <Tabs.Root value={bucket} onValueChange={(value) => setBucket(buckets.find((each) => each === value) ?? 'all')}>
          <Tabs.List data-slot="tabs-list">
            {buckets.map((each) => (
              <Tabs.Trigger data-slot="tabs-trigger" key={each} value={each}>
                {tabLabels[each]}
                {counts[each] > 0 && <span className="tab-count">{counts[each]}</span>}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </Tabs.Root>
        <div className="search">
          <Search aria-hidden size={16} />
          <Input placeholder="Search projects..." value={text} onChange={(event) => setText(event.target.value)} />
        </div>
      </div>
      {shown.length === 0 ? (
        <div className="empty">
          <p>{text ? `No projects matching "${text}"` : `No ${bucket} projects`}</p>
        </div>
      ) : (
        <div className="project-grid">
          {shown.map((item) => (
            <ProjectCard key={item.projectId} {...item} onOpen={open} />
          ))}
        </div>
      )}
    </>
  );
});
