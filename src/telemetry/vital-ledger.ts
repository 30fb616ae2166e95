/** Keeps the last value of each vital and says which are to be written. Pure. */
import type { NavigationEvent, VitalEvent } from './events.ts';
import type { NavigationReport, Report, VitalReport } from './in-page/messages.ts';

type Dated<T> = T & Pick<Report, 'document' | 'at'>;

export interface VitalLedgerOptions {
  readonly pageName: (url: string) => string;
  /** From when on navigations are measured; milliseconds since 1970, infinite before the start line. */
  readonly measuringFrom: () => number;
}

export class VitalLedger {
  private readonly options: VitalLedgerOptions;
  private readonly navigations = new Map<string, { readonly page: string; readonly measured: boolean }>();
  private readonly unwritten = new Map<string, Dated<VitalReport>>();

  constructor(options: VitalLedgerOptions) {
    this.options = options;
  }

  /** A navigation began: the event to record. */
  navigated({ document, kind, navigation, url, at }: Dated<NavigationReport>): NavigationEvent {
    const navigationId = `${document}/${navigation}`;
    const known = { page: this.options.pageName(url), measured: at >= this.options.measuringFrom() };
    this.navigations.set(navigationId, known);
    return { type: 'navigation', kind, navigationId, ...known };
  }

  /** A vital has a new value. */
  reported(vital: Dated<VitalReport>): void {
    const before = this.unwritten.get(vital.metricId);
    // Last words may come after later ones: a report is sent at once and, on leaving, kept as well.
    if (!before || vital.at >= before.at) this.unwritten.set(vital.metricId, vital);
  }

  /** The vitals with values that were not written yet. */
  take(): VitalEvent[] {
    const events = [...this.unwritten.values()].map((vital): VitalEvent => {
      const { document, kind, navigation, name, metricId, value, rating, attribution } = vital;
      const navigationId = `${document}/${navigation}`;
      const known = this.navigations.get(navigationId) ?? {
        page: this.options.pageName(vital.url),
        measured: vital.at >= this.options.measuringFrom(),
      };
      return {
        type: 'vital',
        name,
        kind,
        navigationId,
        metricId,
        value,
        rating,
        takenAt: vital.at,
        attribution: { ...attribution },
        ...known,
      };
    });
    this.unwritten.clear();
    return events;
  }
}
