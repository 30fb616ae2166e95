/**
 * The product's slots, who computes in them, and who waits for what.
 * @typedef {import('../run-watch.ts').Shown} Shown
 * @typedef {import('../../report/live/pipeline.ts').RunNow} RunNow
 */
import { counted, element, lasting, made, stageName } from './words.mjs';

/** How many of those who wait are named. */
const NAMED = 8;

/** @param {Shown} now */
export function showPipeline({ at, state, picture }) {
  const { slots, known, queue, review } = picture.pipeline;
  const bundles = new Map(picture.analysts.map(({ analyst, bundle = '' }) => [analyst, bundle]));
  element('pipeline').hidden = state === 'over';
  element('pipeline-note').textContent =
    slots.length === 0 && queue.length === 0
      ? 'Nothing has been launched yet.'
      : `${
          known === undefined
            ? 'As many slots as were seen in use at once.'
            : `${counted(known, 'slot')} by PRODUCT_SLOTS.`
        } Stages are told some seconds late: what is shown of the last seconds may still change.`;
  // The queue is served in order: as long as nobody has told who took a slot that is free, it is supposed to be the first.
  let next = 0;
  element('slots').replaceChildren(
    ...slots.map((run, place) => {
      if (run) return entry(run, place, known !== undefined && place >= known);
      const first = queue[next++];
      const item = made('li');
      item.append(made('span', `${place + 1}`, 'place'));
      if (first === undefined) item.append(made('span', 'free', 'note'));
      else item.append(who(first.analyst), made('span', 'supposed: first in the queue', 'how'));
      return item;
    }),
  );
  showWaiting('queue', queue, 'Nobody.');
  showWaiting('review', review, 'Nobody.');

  /**
   * @param {RunNow} run
   * @param {number} place
   * @param {boolean} isBeyond
   */
  function entry({ analyst, stage, progress, since }, place, isBeyond) {
    const item = made('li');
    const how = `${stageName(stage)}${progress === undefined ? '' : ` ${progress} %`}`;
    item.append(
      made('span', isBeyond ? '+' : `${place + 1}`, 'place'),
      who(analyst),
      made('span', `${how}${isBeyond ? ', beyond the slots' : ''}`, 'how'),
      made('span', lasting(at - since), 'figure'),
    );
    return item;
  }

  /**
   * @param {'queue' | 'review'} id
   * @param {readonly RunNow[]} runs
   * @param {string} nobody
   */
  function showWaiting(id, runs, nobody) {
    const items = runs.slice(0, NAMED).map(({ analyst, since }, place) => {
      const item = made('li');
      item.append(made('span', `${place + 1}`, 'place'), who(analyst), made('span', lasting(at - since), 'figure'));
      return item;
    });
    if (runs.length === 0) items.push(made('li', nobody, 'note'));
    if (runs.length > NAMED) items.push(made('li', `and ${runs.length - NAMED} more`, 'note'));
    element(id).replaceChildren(...items);
  }

  /** @param {string} analyst */
  function who(analyst) {
    const name = made('span', analyst, 'who');
    name.append(made('span', ` ${bundles.get(analyst) ?? ''}`, 'note'));
    return name;
  }
}
