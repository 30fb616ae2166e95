/** The metrics of what goes over the wire: requests and sockets. */
import type { Metric } from './index.ts';

const BROWSER =
  'Resource Timing of fetch and XMLHttpRequest to the product’s origin, from the start line on; status and Retry-After as the page saw them.';
const SOCKET = 'From a WebSocket wrapper in the page, by the page’s clock; frames counted by Playwright too.';

function socket(name: string, label: string, meaning: string, bias: string, notable: number): Metric {
  return { name, unit: 'ms', label, meaning, taken: SOCKET, bias, tags: ['code'], better: 'lower', notable };
}

export const TRAFFIC_METRICS: readonly Metric[] = [
  {
    name: 'http.<name>',
    unit: 'ms',
    label: 'request',
    meaning: 'How long a request of that method and route takes, to the last byte of the answer.',
    taken: `${BROWSER} What failed, or was left behind, counts with the time it took, as censored.`,
    bias: 'Page loads and downloads are navigations, not requests of a page. An answer nobody waited for is of tag `left`.',
    tags: ['status'],
    better: 'lower',
    notable: 20,
  },
  {
    name: 'throughput.<name>',
    unit: 'per minute',
    label: 'requests per analyst',
    meaning: 'Answered requests of that route of an analyst in a minute of work, one value an analyst.',
    taken: `${BROWSER} Over the time from the start line to the analyst’s last step.`,
    bias: 'Times the number of analysts it is the product’s.',
    tags: [],
    better: 'higher',
    notable: 0.2,
  },
  {
    name: 'limit.retry-after',
    unit: 'ms',
    label: 'wait asked for',
    meaning: 'How long the product asked to wait where it refused a request with 429.',
    taken: 'The header Retry-After of the refusal.',
    bias: 'Whole seconds.',
    tags: ['route'],
    better: 'lower',
    notable: 1000,
  },
  socket(
    'socket.downtime',
    'connection lost → back',
    'How long a page was without its live connection, from the close to the next opening.',
    'A connection that died in silence is lost only when the page notices.',
    100,
  ),
  socket(
    'socket.resync',
    'back → all there again',
    'From a reconnected socket’s opening to the first state in which everything is there that the page asked for.',
    '–',
    50,
  ),
  {
    ...socket(
      'socket.silence',
      'longest silence',
      'The longest time in which a connection brought no frame, heartbeats included, one value a connection.',
      'Frames and workers are left out: nothing in them is stamped.',
      1000,
    ),
    tags: [],
  },
];
