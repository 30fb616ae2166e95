/** How the page says things, and how it puts them there: what has not changed is not touched. */

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no "${id}".`);
  return found;
}

/**
 * @param {string} name
 * @param {string} [text]
 * @param {string} [className]
 */
export function made(name, text = '', className = '') {
  const node = document.createElement(name);
  node.textContent = text;
  if (className !== '') node.className = className;
  return node;
}

/**
 * @param {string} name
 * @param {Readonly<Record<string, string | number>>} attributes
 * @param {readonly Node[]} [children]
 */
export function drawn(name, attributes, children = []) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/**
 * @param {Element} node
 * @param {string} text
 */
export function put(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * As the report does: `240 ms`, `1.8 s`, `48 s`, `3 min 12 s`, `1 h 04 min`.
 * @param {number | undefined} ms
 */
export function duration(ms) {
  if (ms === undefined) return '–';
  if (ms < 999.5) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/**
 * How long something has lasted, in whole seconds: it changes every second.
 * @param {number} ms
 */
export function lasting(ms) {
  return ms < 9_950 ? `${Math.max(0, Math.round(ms / 1000))} s` : duration(ms);
}

/** @param {number | undefined} value */
export function share(value) {
  if (value === undefined) return '–';
  return value > 0 && value < 0.1 ? `${(value * 100).toFixed(1)} %` : `${Math.round(value * 100)} %`;
}

/** @param {number | undefined} value */
export function bytes(value) {
  if (value === undefined) return '–';
  return value < 995_000_000 ? `${Math.round(value / 1e6)} MB` : `${(value / 1e9).toFixed(1)} GB`;
}

/**
 * @param {number} count
 * @param {string} one
 */
export function counted(count, one) {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

/**
 * A stage in the product's own word, without its underscores.
 * @param {string | undefined} stage
 */
export function stageName(stage) {
  return stage === undefined ? '' : stage.replaceAll('_', ' ');
}
