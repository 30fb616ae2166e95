import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import type { DeletedProject } from '../../contract.ts';
import { callApi, messageOf } from '../lib/api.ts';
import { useTimeText } from '../lib/clock.ts';
import { count, relativeTime } from '../lib/format.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { PageSpinner } from '../ui/spinner.tsx';
import { useDeletedProjects } from './use-deleted-projects.ts';

/** How many are shown at first: a load test may have deleted hundreds. */
const shownFirst = 10;

/** What was deleted, by whom and when, and the way back. */
export function DeletedProjectsCard() {
  const deleted = useDeletedProjects();
  const [all, setAll] = useState(false);
  const projects = deleted.state === 'here' ? deleted.projects : [];
  const shown = all ? projects : projects.slice(0, shownFirst);
  return (
    <Card>
      <CardHeader>
        <CardTitle>Deleted Projects</CardTitle>
      </CardHeader>
      <CardContent className="members">
        {deleted.state === 'loading' && <PageSpinner />}
        {deleted.state === 'failed' && <p className="inline-error">{deleted.error}</p>}
        {deleted.state === 'here' && projects.length === 0 && <p className="quiet">No deleted projects.</p>}
        {shown.map((project) => (
          <DeletedRow key={project.projectId} project={project} />
        ))}
        {shown.length < projects.length && (
          <Button variant="outline" size="sm" onClick={() => setAll(true)}>
            Show all {count(projects.length)}
          </Button>
        )}
      </CardContent>
    </Card>
  );
}

function DeletedRow({ project }: { project: DeletedProject }) {
  const [restoring, setRestoring] = useState(false);
  const when = useTimeText((nowMs) => relativeTime(project.deletedAt, nowMs));
  const start = async () => {
    setRestoring(true);
    await restore(project);
    setRestoring(false);
  };
  return (
    <div className="member">
      <div className="member-text">
        <p>{project.name}</p>
        <p className="quiet">
          Deleted {when === 'Just now' ? 'just now' : when}
          {project.deletedBy !== null && ` by ${project.deletedBy}`}
        </p>
      </div>
      <Button variant="outline" size="sm" disabled={restoring} onClick={() => void start()}>
        <RotateCcw aria-hidden size={16} />
        Restore<span className="sr-only"> {project.name}</span>
      </Button>
    </div>
  );
}

/** The live lists of everybody show it again, and this list no longer, when the server says so. */
async function restore({ projectId, name }: DeletedProject): Promise<void> {
  const failure = 'Failed to restore project';
  try {
    await callApi(`/api/projects/${encodeURIComponent(projectId)}/restore`, { method: 'POST' }, failure);
    toast.success('Project restored', { description: name });
  } catch (error) {
    toast.error(failure, { description: messageOf(error) });
  }
}
