import { useState } from 'react';
import { Outlet } from 'react-router';
import { Toaster } from 'sonner';
import { useTheme } from '../lib/theme.ts';
import { Header } from './header.tsx';
import { Sidebar } from './sidebar.tsx';
import { useNarrow } from './use-narrow.ts';

/** The frame of every page: sidebar, header, content in a main within the main, and toasts. */
export function Shell() {
  const narrow = useNarrow();
  const [open, setOpen] = useState(true);
  const [sheetOpen, setSheetOpen] = useState(false);
  const [scheme] = useTheme();
  const toggle = () => (narrow ? setSheetOpen(!sheetOpen) : setOpen(!open));
  return (
    <div data-slot="sidebar-wrapper" data-state={open ? 'expanded' : 'collapsed'}>
      <Sidebar narrow={narrow} sheetOpen={sheetOpen} onSheetChange={setSheetOpen} onToggle={toggle} />
      <main data-slot="sidebar-inset">
        <Header onToggleSidebar={toggle} />
        <main className="content">
          <Outlet />
        </main>
      </main>
      <Toaster theme={scheme} position="bottom-right" />
    </div>
  );
}
