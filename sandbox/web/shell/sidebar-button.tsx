import type { ReactNode } from 'react';

interface SidebarButtonProps {
  children: ReactNode;
  onClick?: () => void;
  active?: boolean;
  disabled?: boolean;
  className?: string;
  /** Stands beside the button, not in it. */
  beside?: ReactNode;
}

export function SidebarButton({
  children,
  onClick,
  active = false,
  disabled = false,
  className,
  beside,
}: SidebarButtonProps) {
  return (
    <li data-slot="sidebar-menu-item">
      <button
        type="button"
        data-slot="sidebar-menu-button"
        data-active={active}
        className={className}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </button>
      {beside !== undefined && <div data-slot="sidebar-menu-badge">{beside}</div>}
    </li>
  );
}
