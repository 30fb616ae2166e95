import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import { callApi, messageOf } from '../lib/api.ts';
import { projectGone } from '../lib/use-project.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';

/**
 * Deletion, for admins. The product's way to the dashboard takes a round trip, in which the page learns that its project is
 * gone and says `Project Not Found`; this one waits for that.
 */
export function DangerZone({ projectId, name }: { projectId: string; name: string }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);

  const remove = async () => {
    try {
      await callApi(`/api/projects/${encodeURIComponent(projectId)}`, { method: 'DELETE' }, 'Failed to delete project');
    } catch (error) {
      toast.error('Failed to delete project', { description: messageOf(error) });
      throw error;
    }
    toast.success('Project deleted');
    await projectGone(projectId, 1000);
    await navigate('/dashboard');
  };

  return (
    <Card className="danger-zone">
      <CardHeader>
        <CardTitle>Danger Zone</CardTitle>
      </CardHeader>
      <CardContent className="with-action">
        <div>
          <p>Delete this project</p>
          <p className="quiet">Removes the project, its runs and its files. An admin can restore it in Settings.</p>
        </div>
        <Button variant="destructive" size="sm" onClick={() => setAsking(true)}>
          Delete Project
        </Button>
      </CardContent>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Delete project"
        description={`“${name}”, its runs and its files will be deleted.`}
        expected={name}
        prompt="Type the project name to confirm"
        action="Delete Project"
        onConfirm={remove}
      />
    </Card>
  );
}
