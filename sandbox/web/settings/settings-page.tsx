import { useQuery } from 'convex/react';
import { queries } from '../lib/live.ts';
import { may, session } from '../lib/session.ts';
import { Badge } from '../ui/badge.tsx';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { Facts } from '../ui/facts.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { roleBadgeVariant, roleLabels } from '../ui/roles.ts';
import { PageSpinner } from '../ui/spinner.tsx';
import { DeletedProjectsCard } from './deleted-projects-card.tsx';
import { InvitationsCard } from './invitations-card.tsx';
import { MembersCard } from './members-card.tsx';
import { NotificationsCard } from './notifications-card.tsx';

export function SettingsPage() {
  return (
    <div>
      <Breadcrumbs trail={[{ label: 'Settings' }]} />
      <div className="column stack">
        <PageHeader title="Settings" />
        {may('view-settings') ? (
          <SettingsCards />
        ) : (
          <Card>
            <CardContent>
              <p className="quiet">You don't have permission to view settings. Contact your organization admin.</p>
            </CardContent>
          </Card>
        )}
      </div>
    </div>
  );
}

function SettingsCards() {
  const organization = useQuery(queries.organization, { orgId: session.orgId });
  if (organization === undefined) return <PageSpinner />;
  return (
    <>
      <Card>
        <CardHeader>
          <CardTitle>Organization</CardTitle>
        </CardHeader>
        <CardContent>
          <Facts facts={[['Name', organization?.name ?? 'Unknown']]} />
        </CardContent>
      </Card>
      <Card>
        <CardHeader className="with-action">
          <CardTitle>Your Profile</CardTitle>
          <Badge variant={roleBadgeVariant[session.role]}>{roleLabels[session.role]}</Badge>
        </CardHeader>
        <CardContent>
          <Facts
            facts={[
              ['Name', session.name],
              ['Email', session.email],
            ]}
          />
        </CardContent>
      </Card>
      <NotificationsCard />
      <MembersCard />
      {may('invite') && <InvitationsCard />}
      {may('delete-project') && <DeletedProjectsCard />}
    </>
  );
}
