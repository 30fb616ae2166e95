import { memo } from 'react';
import { useTimeText } from '../lib/clock.ts';
import { shortRelativeTime } from '../lib/format.ts';
import { pathOf, type ProjectItem } from '../lib/project-list.ts';
import { useProjects } from '../lib/use-projects.ts';
import { StatusIcon } from '../ui/status.tsx';
import { SidebarButton } from './sidebar-button.tsx';

const shown = 5;

/** The newest projects, live, with how long ago they were made. */
export function RecentProjects({ pathname, onOpen }: { pathname: string; onOpen: (path: string) => void }) {
  const projects = useProjects();
  if (!projects) return <SidebarButton disabled>Loading...</SidebarButton>;
  if (projects.length === 0) return <SidebarButton disabled>No projects yet</SidebarButton>;
  return projects.slice(0, shown).map((item) => (
    <SidebarButton
      key={item.projectId}
      active={pathname.includes(item.projectId)}
      onClick={() => onOpen(pathOf(item))}
      beside={<Age createdAtMs={item.createdAtMs} />}
    >
      <RecentName status={item.status} name={item.name} />
    </SidebarButton>
  ));
}

const RecentName = memo(function RecentName({ status, name }: Pick<ProjectItem, 'status' | 'name'>) {
  return (
    <>
      <StatusIcon status={status} size={12} />
      <span className="truncate-start" title={name}>
        <bdi>{name}</bdi>
      </span>
    </>
  );
});

function Age({ createdAtMs }: { createdAtMs: number }) {
  return useTimeText((nowMs) => shortRelativeTime(createdAtMs, nowMs));
}
