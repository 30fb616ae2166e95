import { useSyncExternalStore } from 'react';

export type ColourScheme = 'light' | 'dark';

const key = 'theme';
const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');

function stored(): ColourScheme | undefined {
  const value = window.localStorage.getItem(key);
  return value === 'light' || value === 'dark' ? value : undefined;
}

function current(): ColourScheme {
  return stored() ?? (system.matches ? 'dark' : 'light');
}

/** Sets the page to what the person chose earlier; without a choice, the style sheet follows the system. */
export function applyStoredTheme(): void {
  const choice = stored();
  if (choice) document.documentElement.dataset['theme'] = choice;
}

function choose(scheme: ColourScheme): void {
  window.localStorage.setItem(key, scheme);
  document.documentElement.dataset['theme'] = scheme;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  system.addEventListener('change', listener);
  return () => {
    listeners.delete(listener);
    system.removeEventListener('change', listener);
  };
}

/** The colour scheme now, and how to choose another. */
export function useTheme(): [ColourScheme, (scheme: ColourScheme) => void] {
  return [useSyncExternalStore(subscribe, current), choose];
}
