import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { applyStoredTheme } from './lib/theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/ui.css';
import './styles/overlays.css';
import './styles/shell.css';
import './styles/pages.css';
import './styles/load-test.css';

applyStoredTheme();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element #root to draw into; rebuild it with: npm run sandbox:build');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
