import { ConvexReactClient } from 'convex/react';
import { makeFunctionReference } from 'convex/server';
import type { MembershipRow, OrganizationRow, ProjectRow, RunRow } from '../../contract.ts';
import { signInIfOver } from './session-over.ts';

/** One socket per page, to the server that the page came from. */
export const liveClient = new ConvexReactClient(window.location.origin, {
  skipConvexDeploymentUrlCheck: true,
  unsavedChangesWarning: false,
});

// A server refuses the socket of a session that is over, and a browser does not tell a page why: the client would try for
// ever, and the page show what was. The first attempt may fail for other reasons.
liveClient.subscribeToConnectionState(({ isWebSocketConnected, connectionRetries }) => {
  if (!isWebSocketConnected && connectionRetries > 1) void signInIfOver();
});

type OrgArgs = { orgId: string };
type ProjectArgs = { projectId: string; orgId: string };

export const queries = {
  projects: makeFunctionReference<'query', OrgArgs, ProjectRow[]>('projects:listByOrg'),
  runs: makeFunctionReference<'query', OrgArgs, RunRow[]>('runs:listByOrg'),
  project: makeFunctionReference<'query', ProjectArgs, ProjectRow | null>('projects:get'),
  runsOfProject: makeFunctionReference<'query', ProjectArgs, RunRow[]>('runs:getByProject'),
  organization: makeFunctionReference<'query', OrgArgs, OrganizationRow | null>('organizations:get'),
  members: makeFunctionReference<'query', OrgArgs, MembershipRow[]>('orgMemberships:listByOrg'),
};
