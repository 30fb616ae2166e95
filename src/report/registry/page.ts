/** The metrics of what a page itself goes through: what it holds, and when it cannot answer. */
import type { Metric } from './index.ts';

const READING =
  'Asked of the browser from outside, after a forced collection: at the end of a step when the last reading is 30 s ago, within one when it is 60 s ago.';
const INTRUSION = 'The collection stops the page for some milliseconds, between two steps of its analyst.';
const LONG_FRAMES = 'Long Animation Frames, from the start line on, kept when the page is left.';
const WAITING = 'By the clock: on a machine that lets its pages wait, frames are longer.';

export const PAGE_METRICS: readonly Metric[] = [
  {
    name: 'page.heap',
    unit: 'MB',
    label: 'heap',
    meaning: 'What the scripts of a page hold: objects and buffers, without what is only waiting to be collected.',
    taken: READING,
    bias: `${INTRUSION} Workers and frames of other origins are left out.`,
    tags: ['page'],
    better: 'lower',
    notable: 1,
  },
  {
    name: 'page.nodes',
    unit: 'count',
    label: 'DOM nodes',
    meaning: 'How many nodes a page holds, also those that are in no document any more and still referred to.',
    taken: READING,
    bias: INTRUSION,
    tags: ['page'],
    better: 'lower',
    notable: 100,
  },
  {
    name: 'page.memory-growth',
    unit: 'share',
    label: 'memory growth',
    meaning:
      'By how much the heap of a page that stays open grew between the first and the last time that it showed the same page, one value an analyst.',
    taken: 'From the readings of page.heap: of all pages of all documents, the one whose readings lie furthest apart.',
    bias: 'Code that was loaded meanwhile, and what the page rightly has more to show, count as growth. A journey that shows no page twice at two readings gives no sample, and a short one says little. A first reading below 10 MB is reckoned as 10 MB: what a small page gains while its code runs for the first time is no leak.',
    tags: [],
    better: 'lower',
    notable: 0.1,
  },
  {
    name: 'page.loaf.blocking',
    unit: 'ms',
    label: 'long frame, blocking',
    meaning: 'For how long a frame of over 50 ms kept the page from answering, one value such a frame.',
    taken: `${LONG_FRAMES} What single tasks of the frame exceed 50 ms by.`,
    bias: `${WAITING} What the harness evaluates in the page is not in it.`,
    tags: ['page'],
    better: 'lower',
    notable: 20,
  },
  {
    name: 'page.loaf.count',
    unit: 'per minute',
    label: 'long frames',
    meaning: 'How many frames of over 50 ms an analyst’s pages had in a minute of work, one value an analyst.',
    taken: `${LONG_FRAMES} Over the time from the start line to the analyst’s last step.`,
    bias: WAITING,
    tags: [],
    better: 'lower',
    notable: 2,
  },
];
