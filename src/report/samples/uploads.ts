/** Samples of uploads: each from what the analyst did to the answer, in parts, and until the project can be seen. */
import type { MusterEvent } from '../../telemetry/events.ts';
import { add, addBetween, owe } from './measuring.ts';
import { lastWords } from '../projects.ts';
import type { Measured, Tags } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

const NOT_TOLD =
  'nothing tells when the body had been sent: the page uses fetch, and the product’s answer has no Server-Timing with receive';
const NOT_ANSWERED = 'the page was left before the product had answered';
const NOT_BELIEVED = 'what tells when the body had been sent contradicts the browser’s own times of the request';

/**
 * An upload is a request that carries files. Expected are its whole, its reading and its answer as often as one was sent, and the
 * other parts as often as one was accepted; the first card once a launched project. All events are of one analyst.
 */
export function addUploads(measured: Measured, events: readonly MusterEvent[], tags: Tags): void {
  const uploads = events.filter(
    (event): event is Of<'http'> => event.type === 'http' && event.measured && event.fileBytes !== undefined,
  );
  for (const upload of uploads) addUpload(measured, upload, { ...tags, route: upload.route });
  addFirstCards(measured, events, uploads.filter(isAccepted), tags);
}

function isAccepted({ outcome, status }: Of<'http'>): boolean {
  return outcome === 'answered' && status >= 200 && status < 300;
}

function addUpload(measured: Measured, upload: Of<'http'>, tags: Tags): void {
  const { analyst, promptedAt, startedAt, sentAt, firstByteAt, endedAt, fileBytes = 0 } = upload;
  const accepted = isAccepted(upload);
  const part = (metric: string, from: number | undefined, to: number | undefined, why?: string, censored = false) =>
    addBetween(measured, { metric, tags, analyst, from, to, censored, ...(why === undefined ? {} : { why }) });
  part('upload.whole', promptedAt ?? startedAt, endedAt, undefined, !accepted);
  part('upload.read', promptedAt, sentAt);
  addAnswer(measured, upload, tags);
  if (!accepted) return;
  const { at: bodySentAt, why } = bodySent(upload);
  part('upload.send', sentAt, bodySentAt, why);
  part('upload.validate', bodySentAt, firstByteAt, why);
  const sendMs = bodySentAt === undefined || sentAt === undefined ? 0 : bodySentAt - sentAt;
  if (sendMs <= 0) owe(measured, 'upload.rate', tags, why);
  else {
    const span = { from: upload.startedAt, to: bodySentAt ?? endedAt };
    // Bytes a millisecond are kilobytes a second.
    const value = fileBytes / sendMs / 1000;
    add(measured, { metric: 'upload.rate', tags, value, censored: false, analyst, span });
  }
}

/** The product's answer decides, not what its page makes of it; of an upload that was left nobody knows what it would have been. */
function addAnswer(measured: Measured, upload: Of<'http'>, tags: Tags): void {
  const metric = 'rate.upload-success';
  const { analyst, outcome } = upload;
  if (outcome === 'left') owe(measured, metric, tags, NOT_ANSWERED);
  else add(measured, { metric, tags, value: isAccepted(upload) ? 1 : 0, censored: false, analyst });
}

/** When the last byte of the body was sent, as the page tells, or else as the server's word for receiving it implies. */
function bodySent({ sentAt, uploadedAt, serverMs, firstByteAt }: Of<'http'>): { at?: number; why?: string } {
  const receiveMs = serverMs?.['receive'];
  const told = [uploadedAt, receiveMs === undefined || sentAt === undefined ? undefined : sentAt + receiveMs].filter(
    (at) => at !== undefined,
  );
  if (told.length === 0) return { why: NOT_TOLD };
  const at = told.find((each) => sentAt !== undefined && each >= sentAt && each <= (firstByteAt ?? -Infinity));
  return at === undefined ? { why: NOT_BELIEVED } : { at };
}

/**
 * From the later of two moments — the product has accepted the launch, the analyst has asked for the dashboard — to the
 * card's paint: before both nobody waits for it.
 */
function addFirstCards(
  measured: Measured,
  events: readonly MusterEvent[],
  accepted: readonly Of<'http'>[],
  tags: Tags,
): void {
  const metric = 'upload.first-card';
  const cards = new Map<string, Of<'first-card'>>();
  const arrivals = new Map<number, Of<'arrival'>>();
  for (const event of events) {
    if (event.type === 'first-card' && !cards.has(event.project)) cards.set(event.project, event);
    if (event.type === 'arrival' && !arrivals.has(event.routedAt)) arrivals.set(event.routedAt, event);
  }
  for (const { analyst, name, projectId } of lastWords(events)) {
    if (projectId === undefined) continue;
    const card = cards.get(name);
    const launch = card && accepted.findLast(({ endedAt }) => endedAt <= card.paintedAt);
    const gone = card && arrivals.get(card.routedAt);
    const from = launch && Math.max(launch.endedAt, gone?.promptedAt ?? 0);
    addBetween(measured, { metric, tags, analyst, from, to: card?.paintedAt });
  }
}
