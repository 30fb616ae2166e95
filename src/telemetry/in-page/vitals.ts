/** Web vitals of page loads and soft navigations. Runs in the page: it stands alone. */
import type { MetricWithAttribution } from 'web-vitals/attribution';
import type { House } from './house.ts';
import type { VitalReport } from './messages.ts';

/** The part of web-vitals' attribution build that is used here. */
export type WebVitals = Pick<
  typeof import('web-vitals/attribution'),
  'onCLS' | 'onFCP' | 'onINP' | 'onLCP' | 'onTTFB' | 'LCPThresholds'
>;

/**
 * Reports each navigation as it begins, and each vital whenever its value changes: the last value of a metric id counts.
 *
 * The LCP of a soft navigation counts from the change of the address, as that of a page load counts from the navigation.
 * web-vitals counts it from the interaction, which here may have waited half a minute for the product's answer before
 * the address changed (Save & Continue); that wait is kept apart, as `interactionToRoute` in milliseconds.
 */
export function reportVitals(house: House, vitals: WebVitals): void {
  const hard = 'load';
  house.report({ type: 'navigation', kind: 'hard', navigation: hard, url: location.href }, performance.timeOrigin);

  if (PerformanceObserver.supportedEntryTypes.includes('soft-navigation')) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { readonly navigationId?: number | string })[]) {
        house.report(
          { type: 'navigation', kind: 'soft', navigation: String(entry.navigationId), url: entry.name },
          performance.timeOrigin + entry.startTime,
        );
      }
    }).observe({ type: 'soft-navigation', buffered: true });
  }

  const report = (metric: MetricWithAttribution): void => {
    const soft = metric.navigationType === 'soft-navigation';
    const attribution: Record<string, string | number | boolean> = {};
    for (const [key, value] of Object.entries(metric.attribution) as [string, unknown][]) {
      if (typeof value === 'string') attribution[key] = value.slice(0, 300);
      else if (typeof value === 'number' || typeof value === 'boolean') attribution[key] = value;
    }
    let { value, rating } = metric;
    const painted = metric.name === 'LCP' && soft ? metric.entries.at(-1) : undefined;
    if (painted) {
      const interactionToRoute = house.routeAt() - performance.timeOrigin - (painted.startTime - value);
      // An address that changed after the paint is the next navigation's.
      if (interactionToRoute > 0 && interactionToRoute <= value) {
        attribution['interactionToRoute'] = interactionToRoute;
        value -= interactionToRoute;
        const [good, poor] = vitals.LCPThresholds;
        rating = value <= good ? 'good' : value <= poor ? 'needs-improvement' : 'poor';
      }
    }
    const body: VitalReport = {
      type: 'vital',
      kind: soft ? 'soft' : 'hard',
      navigation: soft ? String(metric.navigationId) : hard,
      url: metric.navigationURL ?? location.href,
      name: metric.name,
      metricId: metric.id,
      value,
      rating,
      attribution,
    };
    house.report(body);
  };
  const everyChange = { reportAllChanges: true, reportSoftNavs: true };
  vitals.onLCP(report, everyChange);
  vitals.onINP(report, everyChange);
  vitals.onCLS(report, everyChange);
  // A soft navigation has no first paint and no first byte of its own.
  vitals.onFCP(report, { reportAllChanges: true });
  vitals.onTTFB(report, { reportAllChanges: true });
}
