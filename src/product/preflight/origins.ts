/** Where a page goes on its way in: every origin that it was sent to. */
import type { Page } from '@playwright/test';
import { ConfigurationError } from '../../run/configuration-error.ts';

/** The origins of all navigations of a page from now on, redirects included, in their order. */
export function followOrigins(page: Page): ReadonlySet<string> {
  const origins = new Set<string>();
  page.on('request', (request) => {
    if (request.isNavigationRequest() && request.frame() === page.mainFrame())
      origins.add(new URL(request.url()).origin);
  });
  return origins;
}

/**
 * A sign-in that leads elsewhere than to BASE_URL would have the run drive a product that nobody allowed.
 * @throws ConfigurationError when the page is not at the product's own origin.
 */
export function mustBeBack(page: Page, baseUrl: string, email: string): void {
  const { origin } = new URL(page.url());
  if (origin !== new URL(baseUrl).origin)
    throw new ConfigurationError(
      `Signed in, ${email} is at ${origin} and not at BASE_URL (${baseUrl}): if that is the staging product, set BASE_URL=${origin}.`,
    );
}
