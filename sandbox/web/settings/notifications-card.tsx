import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { callApi, messageOf, sendJson } from '../lib/api.ts';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { Toggle } from '../ui/switch-row.tsx';

interface Preferences {
  pipelineEmails: boolean;
}

const path = '/api/notifications/preferences';
const failure = 'Failed to update notification preferences';

/** Whether a finished run sends mail. The switch has no name, as in the product. */
export function NotificationsCard() {
  const [preferences, setPreferences] = useState<Preferences>();

  useEffect(() => {
    const controller = new AbortController();
    callApi<Preferences>(path, { signal: controller.signal }, 'Failed to load notification preferences').then(
      ({ pipelineEmails }) => setPreferences({ pipelineEmails }),
      (error: unknown) => {
        if (!controller.signal.aborted)
          toast.error('Failed to load notification preferences', { description: messageOf(error) });
      },
    );
    return () => controller.abort();
  }, []);

  const change = async (pipelineEmails: boolean) => {
    setPreferences({ pipelineEmails });
    try {
      await sendJson('PATCH', path, { pipelineEmails }, failure);
    } catch (error) {
      setPreferences({ pipelineEmails: !pipelineEmails });
      toast.error(failure, { description: messageOf(error) });
    }
  };

  return (
    <Card>
      <CardHeader>
        <CardTitle>Notifications</CardTitle>
      </CardHeader>
      <CardContent className="with-action">
        <div>
          <p>Pipeline emails</p>
          <p className="quiet">When a run of yours has ended.</p>
        </div>
        <Toggle
          checked={preferences?.pipelineEmails ?? false}
          disabled={!preferences}
          onChange={(checked) => void change(checked)}
        />
      </CardContent>
    </Card>
  );
}
