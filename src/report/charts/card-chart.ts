/** How old a card's change is when it is seen, by part: what half of the changes took, and what 95 of 100 did not exceed. */
import type { TopLevelSpec } from 'vega-lite';
import { CARD_PARTS, type CardPart } from '../card-parts.ts';
import { duration } from '../format.ts';
import type { Shape } from './axes.ts';
import { drawChart, ink } from './draw.ts';

export interface DrawnCardParts {
  readonly title: string;
  readonly wide: string;
  readonly narrow: string;
}

const WORDS: Readonly<Record<CardPart['part'], string>> = {
  'committed → sent': 'until the product sends it',
  'sent → arrived': 'until it arrives in the page',
  'arrived → painted': 'until the page has painted it',
  'committed → painted': 'all together',
};
const SHORT: Readonly<Record<CardPart['part'], string>> = {
  'committed → sent': 'product',
  'sent → arrived': 'on the way',
  'arrived → painted': 'page',
  'committed → painted': 'together',
};
const WHOSE = { own: 'own card', colleague: 'colleague’s card' } as const;
/** Fewer changes have no p95. */
const FEW = 20;
const WIDTH: Readonly<Record<Shape, number>> = { wide: 520, narrow: 190 };

/** Undefined where no change is known whole. */
export async function drawCardParts(parts: readonly CardPart[]): Promise<DrawnCardParts | undefined> {
  if (parts.length === 0) return undefined;
  const title = titleOf(parts);
  return {
    title,
    wide: await drawChart(specOf(parts, 'wide'), title),
    narrow: await drawChart(specOf(parts, 'narrow'), title),
  };
}

function titleOf(parts: readonly CardPart[]): string {
  const whole = parts.filter(({ part }) => part === 'committed → painted');
  const said = whole.map(({ card, p50, p95, samples }) =>
    samples < FEW
      ? `${WHOSE[card]} ${duration(p50)} in the median of ${samples === 1 ? 'one change' : `${samples} changes`}`
      : `${WHOSE[card]} ${duration(p50)} in the median, p95 ${duration(p95)}`,
  );
  const single = parts.filter(({ part, samples }) => part !== 'committed → painted' && samples >= FEW);
  const most = [...single].sort((one, other) => other.p95 - one.p95)[0];
  return `How fresh cards are: ${said.join('; ')}${most === undefined ? '' : `. What takes longest: ${WORDS[most.part]} (${WHOSE[most.card]}, p95 ${duration(most.p95)})`}`;
}

function specOf(parts: readonly CardPart[], shape: Shape): TopLevelSpec {
  const words = shape === 'wide' ? WORDS : SHORT;
  const rows = parts.map(({ part, card, p50, p95, samples }) => ({
    part: words[part],
    card: WHOSE[card],
    p50,
    p95,
    says:
      samples < FEW
        ? `${duration(p50)} (${samples === 1 ? 'one change' : `${samples} changes`})`
        : `${duration(p50)}, p95 ${duration(p95)}`,
    about: `${WHOSE[card]}, ${part}: median ${duration(p50)}, p95 ${duration(p95)}, ${samples} changes`,
  }));
  const most = rows.reduce((high, { p95 }) => Math.max(high, p95), 1);
  const whose = Object.values(WHOSE);
  const y = {
    field: 'part',
    type: 'nominal',
    sort: null,
    scale: { domain: CARD_PARTS.map((part) => words[part]) },
    axis: { title: null, labelLimit: 340 },
  } as const;
  const yOffset = { field: 'card', type: 'nominal', scale: { domain: whose, paddingOuter: 0.2 } } as const;
  const x = (field: string) =>
    ({
      field,
      type: 'quantitative',
      scale: { domain: [0, most * (shape === 'wide' ? 1.25 : 1.5)], nice: false },
      axis: { title: 'milliseconds', grid: true, tickCount: shape === 'wide' ? 8 : 4 },
    }) as const;
  const color = {
    field: 'card',
    type: 'nominal',
    scale: { domain: whose, range: [ink.series[0], ink.series[1]] },
    legend: { columns: 2 },
  } as const;
  const description = { field: 'about', type: 'nominal' } as const;
  return {
    width: WIDTH[shape],
    height: { step: shape === 'wide' ? 20 : 26, for: 'offset' },
    data: { values: rows },
    layer: [
      {
        mark: { type: 'bar', height: 3, opacity: 0.55 },
        encoding: { x: { ...x('p50'), stack: null }, x2: { field: 'p95' }, y, yOffset, color, description },
      },
      {
        mark: { type: 'point', filled: true, size: 70, opacity: 1 },
        encoding: { x: x('p50'), y, yOffset, color, description },
      },
      {
        mark: { type: 'text', align: 'left', dx: 7, color: ink.text },
        encoding: { x: x('p95'), y, yOffset, text: { field: 'says', type: 'nominal' } },
      },
    ],
  } as unknown as TopLevelSpec;
}
