/** The state of a run in words: as the lines of a block that stays in place, and as one line for where there is no terminal. Pure. */
import { duration, share } from '../format.ts';
import type { Picture } from '../live/picture.ts';
import { clip, paintWith } from './text.ts';

const INDENT = 10;

export interface Moment {
  readonly picture: Picture;
  /** How many analysts were asked to work. */
  readonly analysts: number;
  readonly elapsedMs: number;
}

/** Always the same lines in the same places, so that the eye finds them again; none is wider than `width` columns. */
export function blockLines({ picture, analysts, elapsedMs }: Moment, width: number, colour: boolean): string[] {
  const paint = paintWith(colour);
  const [latest] = picture.trouble;
  const late = picture.generator.lateSeconds > 0;
  const lines: readonly (readonly [label: string, parts: readonly string[], isTrouble?: boolean])[] = [
    ['Elapsed', [duration(elapsedMs)]],
    ['Analysts', peopleParts(picture, analysts), picture.counts.failed > 0],
    ['Projects', underWayParts(picture)],
    ['', endedParts(picture), picture.projects.failed + picture.projects['rate-limited'] > 0],
    ['Pages', pageParts(picture)],
    ['Sockets', socketParts(picture), picture.sockets.reconnects + picture.sockets.abnormalCloses > 0],
    ['Generator', generatorParts(picture), late],
    ['Latest', [latest === undefined ? 'no trouble' : `${latest.analyst}: ${latest.text}`], latest !== undefined],
  ];
  return lines.map(([label, parts, isTrouble = false]) => {
    const text = clip(parts.join(' · '), width - INDENT);
    return paint.quiet(label.padEnd(INDENT)) + (isTrouble ? paint.doubtful(text) : text);
  });
}

/** The same as the parts of a line, without what is nothing yet and without trouble, which stands on lines of its own. */
export function plainParts({ picture, analysts }: Moment): string[] {
  const { counts, lcpP75Ms, inpP75Ms, freshnessP95Ms, generator, sockets } = picture;
  if (counts.launched === 0 && counts.atWork === 0) return peopleParts(picture, analysts);
  return [
    ...[...peopleParts(picture, analysts).slice(1), ...underWayParts(picture), ...endedParts(picture)].filter(
      (part) => !/^0 /.test(part) && !part.endsWith(' –'),
    ),
    ...(lcpP75Ms === undefined ? [] : [`LCP p75 ${duration(lcpP75Ms)}`]),
    ...(inpP75Ms === undefined ? [] : [`INP p75 ${duration(inpP75Ms)}`]),
    ...(freshnessP95Ms === undefined ? [] : [`cards p95 ${duration(freshnessP95Ms)}`]),
    ...(sockets.reconnects === 0 ? [] : [`${sockets.reconnects} reconnects`]),
    ...(generator.lateSeconds === 0 ? [] : [`generator ${generatorParts(picture).join(', ')}`]),
  ];
}

function peopleParts({ counts }: Picture, analysts: number): string[] {
  return [
    `${counts.signedIn} of ${analysts} signed in`,
    `${counts.atWork} at work`,
    `${counts.finished} finished`,
    ...(counts.failed > 0 ? [`${counts.failed} failed`] : []),
  ];
}

function underWayParts({ counts, projects }: Picture): string[] {
  return [
    `${counts.launched} launched`,
    `${projects.queued} in the queue`,
    `${projects.running} in progress`,
    `${projects.review} pending review`,
  ];
}

function endedParts({ projects, meanDurationMs }: Picture): string[] {
  return [
    `${projects.completed} completed`,
    `${projects.failed} failed`,
    ...(projects.cancelled === 0 ? [] : [`${projects.cancelled} cancelled`]),
    `${projects['rate-limited']} rate-limited`,
    `mean ${duration(meanDurationMs)}`,
  ];
}

function pageParts({ lcpP75Ms, inpP75Ms, freshnessP95Ms }: Picture): string[] {
  return [
    `LCP p75 ${duration(lcpP75Ms)}`,
    `INP p75 ${duration(inpP75Ms)}`,
    `card freshness p95 ${duration(freshnessP95Ms)}`,
  ];
}

function socketParts({ sockets: { opened, reconnects, abnormalCloses } }: Picture): string[] {
  return [`${opened} opened`, `${reconnects} reconnected`, `${abnormalCloses} closed abnormally`];
}

function generatorParts({ generator: { seconds, lateSeconds, cpu } }: Picture): string[] {
  return [
    seconds === 0
      ? 'not heard of yet'
      : lateSeconds === 0
        ? 'keeps up'
        : `late in ${lateSeconds} of the last ${seconds} s`,
    ...(cpu === undefined ? [] : [`CPU ${share(Math.min(1, cpu))}`]),
  ];
}
