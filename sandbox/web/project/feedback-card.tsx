import { useState } from 'react';
import type { RunRow } from '../../contract.ts';
import { Button } from '../ui/button.tsx';
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '../ui/card.tsx';
import { FeedbackForm } from './feedback-form.tsx';

/** Feedback on a finished run; it changes nothing of the run itself. */
export function FeedbackCard({ run }: { run: RunRow | undefined }) {
  const [open, setOpen] = useState(false);
  const available = run?.status === 'success' || run?.status === 'partial';
  return (
    <Card>
      <CardHeader className="with-action">
        <div>
          <CardTitle>Output Feedback</CardTitle>
          <CardDescription>
            {available
              ? 'Say what was wrong or missing in this output.'
              : 'Feedback becomes available once the pipeline completes.'}
          </CardDescription>
        </div>
        <Button variant="outline" size="sm" disabled={!available} onClick={() => setOpen(!open)}>
          {open ? 'Hide' : 'Leave Feedback'}
        </Button>
      </CardHeader>
      {open && available && (
        <CardContent>
          <FeedbackForm runId={run._id} onClose={() => setOpen(false)} />
        </CardContent>
      )}
    </Card>
  );
}
