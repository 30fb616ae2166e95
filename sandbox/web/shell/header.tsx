import { Building2, LogOut, Moon, PanelLeft, Settings, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useNavigate } from 'react-router';
import { initials } from '../lib/format.ts';
import { changeOrganization } from '../lib/change-organization.ts';
import { may, page, session } from '../lib/session.ts';
import { useTheme } from '../lib/theme.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { roleBadgeVariant, roleLabels } from '../ui/roles.ts';

export function Header({ onToggleSidebar }: { onToggleSidebar: () => void }) {
  return (
    <header className="app-header">
      <Button variant="ghost" size="icon" data-slot="sidebar-trigger" onClick={onToggleSidebar}>
        <PanelLeft aria-hidden size={16} />
        <span className="sr-only">Toggle Sidebar</span>
      </Button>
      <span className="app-header-organization">{session.orgName}</span>
      <div className="app-header-end">
        <ThemeButton />
        <UserMenu />
      </div>
    </header>
  );
}

function ThemeButton() {
  const [scheme, choose] = useTheme();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Button variant="ghost" size="icon" aria-label={`Switch to ${other} mode`} onClick={() => choose(other)}>
      {scheme === 'dark' ? <Sun aria-hidden size={16} /> : <Moon aria-hidden size={16} />}
    </Button>
  );
}

function UserMenu() {
  const navigate = useNavigate();
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button variant="ghost" size="icon" className="avatar">
          <span>{initials(session.name, session.email)}</span>
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content data-slot="dropdown-menu-content" align="end" sideOffset={4}>
          <DropdownMenu.Label data-slot="dropdown-menu-label">
            <span className="menu-person">
              {session.name}
              <Badge variant={roleBadgeVariant[session.role]}>{roleLabels[session.role]}</Badge>
            </span>
            <span className="menu-mail">{session.email}</span>
          </DropdownMenu.Label>
          <DropdownMenu.Separator data-slot="dropdown-menu-separator" />
          {may('view-settings') && (
            <DropdownMenu.Item data-slot="dropdown-menu-item" onSelect={() => void navigate('/settings')}>
              <Settings aria-hidden size={16} />
              Settings
            </DropdownMenu.Item>
          )}
          {page.otherOrganizations.map(({ id, name }) => (
            <DropdownMenu.Item data-slot="dropdown-menu-item" key={id} onSelect={() => changeOrganization(id)}>
              <Building2 aria-hidden size={16} />
              Switch to {name}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Item data-slot="dropdown-menu-item" onSelect={() => window.location.assign('/auth/sign-out')}>
            <LogOut aria-hidden size={16} />
            Sign out
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
