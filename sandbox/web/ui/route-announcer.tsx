import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/**
 * Tells screen readers of a soft navigation, in a shadow root with role alert, where the product's framework keeps its
 * own. Errors of the application never use that role.
 */
export function RouteAnnouncer() {
  const { pathname } = useLocation();
  const region = useRef<HTMLElement | null>(null);
  const previous = useRef(pathname);

  useEffect(() => {
    const host = document.createElement('next-route-announcer');
    host.style.cssText = 'position:absolute';
    const text = document.createElement('div');
    text.id = '__next-route-announcer__';
    text.setAttribute('role', 'alert');
    text.setAttribute('aria-live', 'assertive');
    text.style.cssText =
      'position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap';
    host.attachShadow({ mode: 'open' }).append(text);
    document.body.append(host);
    region.current = text;
    return () => host.remove();
  }, []);

  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    if (region.current) region.current.textContent = document.querySelector('h1')?.textContent ?? pathname;
  }, [pathname]);

  return null;
}
