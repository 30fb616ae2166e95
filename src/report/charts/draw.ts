/** Charts drawn ahead of time: a Vega-Lite specification becomes an SVG that needs no script, in the page's own colours. */
import type { TopLevelSpec } from 'vega-lite';
import { visible } from '../visible.ts';

/** Colours are the page's variables, so that one drawing suits light and dark. */
export const ink = {
  ground: 'var(--ground)',
  text: 'var(--ink)',
  quiet: 'var(--quiet)',
  line: 'var(--line)',
  step: 'var(--step)',
  suspect: 'var(--suspect)',
  good: 'var(--good)',
  bad: 'var(--bad)',
  series: ['var(--one)', 'var(--two)', 'var(--three)'],
  /** Of another panel, whose colours must not be taken for those of the series. */
  busy: ['var(--busy-one)', 'var(--busy-two)', 'var(--busy-three)'],
} as const;

const config = {
  background: 'transparent',
  font: 'system-ui, sans-serif',
  view: { stroke: null },
  axis: {
    domain: false,
    ticks: false,
    gridColor: ink.line,
    labelColor: ink.quiet,
    labelFontSize: 11,
    labelPadding: 6,
    titleColor: ink.quiet,
    titleFontSize: 11,
    titleFontWeight: 'normal',
  },
  legend: {
    labelColor: ink.text,
    labelFontSize: 12,
    title: null,
    orient: 'top',
    symbolType: 'square',
    symbolStrokeWidth: 0,
    columnPadding: 20,
  },
  // A ground of its own around each letter: no line strikes a label through.
  text: { color: ink.quiet, fontSize: 11, stroke: ink.ground, strokeWidth: 6, strokeJoin: 'round' },
  title: { color: ink.text, fontSize: 12, fontWeight: 600, anchor: 'start', frame: 'group', offset: 6 },
} as const;

/**
 * Draws a chart. Its marks' descriptions become tooltips. `alternative` says in words what is to be seen, for whoever does not
 * see it. The library is loaded when it is needed: never while a run is measured. `plotWidth`, pixels: how wide the axes are, for a
 * chart that has nothing beside them.
 * @returns SVG, as wide as its container but at least as wide as it was drawn.
 */
export async function drawChart(spec: TopLevelSpec, alternative: string, plotWidth?: number): Promise<string> {
  const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
  const { spec: compiled } = compile({ ...spec, config: { ...config, ...spec.config } });
  const view = new View(parse(compiled), { renderer: 'none' });
  try {
    return presented(visible(await view.toSVG()), visible(alternative), plotWidth);
  } finally {
    view.finalize();
  }
}

/** What the last label of an axis stands out. */
const LABEL_PX = 22;

/** How many charts were drawn: names within one must not meet those of another on the same page. */
let charts = 0;

/** Vega describes marks for screen readers one by one; the chart has one description instead, and marks tell theirs on hover. */
function presented(svg: string, alternative: string, plotWidth: number | undefined): string {
  charts += 1;
  // Vega guesses how wide texts are, and generously: without a bound charts of one size would come out in many.
  const left = Number(/<g [^>]*?transform="translate\(([\d.]+),/.exec(svg)?.[1] ?? 0);
  const known = plotWidth === undefined ? undefined : Math.ceil(left + plotWidth + LABEL_PX);
  const label = alternative.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return svg
    .replace(/<path aria-label="([^"]*)"([^>]*?)\/>/g, '<path$2><title>$1</title></path>')
    .replace(/ (aria-roledescription|aria-label|role|aria-hidden|class|pointer-events)="[^"]*"/g, '')
    .replace(/\bclip(\d+)\b/g, `chart${charts}-clip$1`)
    .replace(/-?\d+\.\d{3,}/g, (number) => String(Number(Number(number).toFixed(2))))
    .replace(/<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>/, (_, drawn: string, height: string) => {
      const width = known ?? drawn;
      return `<svg viewBox="0 0 ${width} ${height}" style="min-width:${width}px" role="img" aria-label="${label}">`;
    });
}
