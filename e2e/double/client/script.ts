/** Puts the page's script together: one text, without a bundler. */
import { boot } from './boot.ts';
import { mountDashboard } from './dashboard.ts';
import { openLive } from './live.ts';
import { mountProject } from './project.ts';
import { mountReview } from './review.ts';
import { mountSettings } from './settings.ts';
import { mountWizard } from './wizard.ts';

const pages = {
  dashboard: mountDashboard,
  wizard: mountWizard,
  project: mountProject,
  review: mountReview,
  settings: mountSettings,
};

export function clientScript(): string {
  // The transpiler of `tsx` names functions through a helper of its module, which the page lacks.
  const parts = Object.entries(pages).map(([name, mount]) => `${name}: ${mount.toString()}`);
  return `(() => {
const __name = (target) => target;
(${boot.toString()})(${openLive.toString()}, {
${parts.join(',\n')}
});
})();`;
}
