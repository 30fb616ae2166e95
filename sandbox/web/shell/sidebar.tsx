import { LayoutDashboard, PlusCircle, Settings } from 'lucide-react';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { RecentProjects } from './recent-projects.tsx';
import { SidebarButton } from './sidebar-button.tsx';

interface SidebarProps {
  narrow: boolean;
  sheetOpen: boolean;
  onSheetChange: (open: boolean) => void;
  onToggle: () => void;
}

/** Beside the content where there is room, else a sheet that slides over it. */
export function Sidebar({ narrow, sheetOpen, onSheetChange, onToggle }: SidebarProps) {
  if (narrow) {
    return (
      <Dialog.Root open={sheetOpen} onOpenChange={onSheetChange}>
        <Dialog.Portal>
          <Dialog.Overlay data-slot="sheet-overlay" />
          <Dialog.Content data-slot="sheet-content" data-mobile="true" aria-describedby={undefined}>
            <Dialog.Title className="sr-only">Sidebar</Dialog.Title>
            <SidebarBody onLeave={() => onSheetChange(false)} />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    );
  }
  return (
    <div data-slot="sidebar">
      <SidebarBody />
      <button
        type="button"
        data-slot="sidebar-rail"
        aria-label="Toggle Sidebar"
        title="Toggle Sidebar"
        tabIndex={-1}
        onClick={onToggle}
      />
    </div>
  );
}

function SidebarBody({ onLeave }: { onLeave?: () => void }) {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const go = (path: string) => {
    onLeave?.();
    void navigate(path);
  };
  return (
    <div data-slot="sidebar-inner">
      <div data-slot="sidebar-header">
        <SidebarMenu>
          <SidebarButton className="brand" onClick={() => go('/dashboard')}>
            <div className="brand-mark">Ct</div>
            <div className="brand-name">Crosstab AI</div>
          </SidebarButton>
        </SidebarMenu>
      </div>
      <div data-slot="sidebar-content">
        <SidebarGroup label="Navigation">
          <SidebarButton active={pathname === '/dashboard'} onClick={() => go('/dashboard')}>
            <LayoutDashboard aria-hidden size={16} />
            <span>Dashboard</span>
          </SidebarButton>
          <SidebarButton active={pathname === '/projects/new'} onClick={() => go('/projects/new')}>
            <PlusCircle aria-hidden size={16} />
            <span>New Project</span>
          </SidebarButton>
        </SidebarGroup>
        <SidebarGroup label="Recent Projects">
          <RecentProjects pathname={pathname} onOpen={go} />
        </SidebarGroup>
      </div>
      <div data-slot="sidebar-footer">
        <SidebarMenu>
          <SidebarButton active={pathname === '/settings'} onClick={() => go('/settings')}>
            <Settings aria-hidden size={16} />
            <span>Settings</span>
          </SidebarButton>
        </SidebarMenu>
      </div>
    </div>
  );
}

function SidebarMenu({ children }: { children: ReactNode }) {
  return <ul data-slot="sidebar-menu">{children}</ul>;
}

function SidebarGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div data-slot="sidebar-group">
      <div data-slot="sidebar-group-label">{label}</div>
      <SidebarMenu>{children}</SidebarMenu>
    </div>
  );
}
