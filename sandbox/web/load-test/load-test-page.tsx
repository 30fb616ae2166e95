import { useQuery } from 'convex/react';
import { useMemo, useState } from 'react';
import { queries } from '../lib/live.ts';
import { may, session } from '../lib/session.ts';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { Card, CardContent } from '../ui/card.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { DatasetsCard } from './datasets-card.tsx';
import { type Launch, LaunchCard } from './launch-card.tsx';
import { monitored } from './monitor.ts';
import { MonitoringCard } from './monitoring-card.tsx';
import { useManifest } from './use-manifest.ts';

export function LoadTestPage() {
  return (
    <div>
      <Breadcrumbs trail={[{ label: 'Dev' }, { label: 'Load Test' }]} />
      <div className="column stack load-test">
        {may('load-test') ? (
          <LoadTest />
        ) : (
          <Card>
            <CardContent>
              <p className="quiet">Admin access required. Contact your organization admin.</p>
            </CardContent>
          </Card>
        )}
      </div>
    </div>
  );
}

function LoadTest() {
  const manifest = useManifest();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [prefix, setPrefix] = useState(defaultPrefix);
  const [launch, setLaunch] = useState<Launch>();
  const projects = useQuery(queries.projects, { orgId: session.orgId });
  const runs = useQuery(queries.runs, { orgId: session.orgId });
  const own = useMemo(() => (projects && runs ? monitored(projects, runs, prefix) : []), [projects, runs, prefix]);
  return (
    <>
      <PageHeader title="Load Test" description="Launch multiple pipelines concurrently to test system limits." />
      <DatasetsCard manifest={manifest} selected={selected} onSelect={setSelected} />
      <LaunchCard
        selected={selected}
        prefix={prefix}
        onPrefix={setPrefix}
        launch={launch}
        onLaunch={setLaunch}
        existing={own.length}
      />
      {own.length > 0 && <MonitoringCard projects={own} startedAt={launch?.startedAt} />}
    </>
  );
}

/** `Load Test 11/21`, by the person's own calendar. */
function defaultPrefix(): string {
  const now = new Date();
  return `Load Test ${now.getMonth() + 1}/${now.getDate()}`;
}
