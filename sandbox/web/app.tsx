import { ConvexProvider } from 'convex/react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { DashboardPage } from './dashboard/dashboard-page.tsx';
import { liveClient } from './lib/live.ts';
import { LoadTestPage } from './load-test/load-test-page.tsx';
import { ProjectPage } from './project/project-page.tsx';
import { ReviewPage } from './review/review-page.tsx';
import { SettingsPage } from './settings/settings-page.tsx';
import { Shell } from './shell/shell.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { NotFoundPage } from './ui/not-found-page.tsx';
import { RouteAnnouncer } from './ui/route-announcer.tsx';
import { NewProjectPage } from './wizard/new-project-page.tsx';

export function App() {
  return (
    <ErrorBoundary>
      <ConvexProvider client={liveClient}>
        <BrowserRouter>
          <Routes>
            <Route path="/" element={<Navigate to="/dashboard" replace />} />
            <Route element={<Shell />}>
              <Route path="/dashboard" element={<DashboardPage />} />
              <Route path="/projects/new" element={<NewProjectPage />} />
              <Route path="/projects/:projectId" element={<ProjectPage />} />
              <Route path="/projects/:projectId/review" element={<ReviewPage />} />
              <Route path="/settings" element={<SettingsPage />} />
              <Route path="/dev/load-test" element={<LoadTestPage />} />
            </Route>
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
          <RouteAnnouncer />
        </BrowserRouter>
      </ConvexProvider>
    </ErrorBoundary>
  );
}
