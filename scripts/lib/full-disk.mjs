/**
 * Loaded before everything else into the processes of a run (`NODE_OPTIONS=--import …`): once the file FULL_DISK exists, every
 * write below RESULTS_DIR fails as on a full disk.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

const flag = process.env['FULL_DISK'] ?? '';
const room = path.resolve(process.env['RESULTS_DIR'] ?? '') + path.sep;
/** @type {Map<number, string>} */
const open = new Map();
/** @type {WeakMap<object, string>} */
const handles = new WeakMap();

/** @param {unknown} target a path, a descriptor or a handle */
function refuse(target) {
  const file =
    typeof target === 'number'
      ? open.get(target)
      : typeof target === 'object' && target !== null && handles.has(target)
        ? handles.get(target)
        : typeof target === 'string' || target instanceof URL
          ? path.resolve(target instanceof URL ? target.pathname : target)
          : undefined;
  if (file?.startsWith(room) !== true || !fs.existsSync(flag)) return undefined;
  return Object.assign(new Error(`ENOSPC: no space left on device, write '${file}'`), { code: 'ENOSPC', errno: -28 });
}

/** @typedef {Record<string, (this: unknown, ...args: unknown[]) => unknown>} Doors Functions that write, by name. */

/**
 * Lets functions refuse what goes to the full disk.
 * @param {object} of whose they are
 * @param {readonly string[]} names
 * @param {(error: Error, args: readonly unknown[]) => unknown} say how they tell
 * @param {boolean} [own] what is written to is the object itself, not the first argument
 */
function refuseIn(of, names, say, own = false) {
  const doors = /** @type {Doors} */ (of);
  for (const name of names) {
    const real = doors[name];
    if (!real) throw new Error(`There is no ${name} to refuse.`);
    doors[name] = function (...args) {
      const error = refuse(own ? this : args[0]);
      return error ? say(error, args) : real.apply(this, args);
    };
  }
}

/** @param {Error} error */
const throwing = (error) => {
  throw error;
};
/** @param {Error} error */
const rejecting = (error) => Promise.reject(error);
/** @param {Error} error @param {readonly unknown[]} args */
const calling = (error, args) => process.nextTick(/** @type {(error: Error) => void} */ (args.at(-1)), error);

const { openSync, closeSync } = fs;
fs.openSync = (file, ...rest) => {
  const descriptor = openSync(file, ...rest);
  open.set(descriptor, path.resolve(String(file)));
  return descriptor;
};
fs.closeSync = (descriptor) => {
  open.delete(descriptor);
  closeSync(descriptor);
};
refuseIn(fs, ['writeSync', 'writevSync', 'writeFileSync', 'appendFileSync', 'mkdirSync', 'copyFileSync'], throwing);
refuseIn(fs, ['write', 'writeFile', 'appendFile', 'mkdir'], calling);
refuseIn(fs.promises, ['writeFile', 'appendFile', 'mkdir'], rejecting);

const openHandle = fs.promises.open;
fs.promises.open = async (file, ...rest) => {
  const handle = await openHandle(file, ...rest);
  handles.set(handle, path.resolve(String(file)));
  return handle;
};
const probe = await openHandle(new URL(import.meta.url));
await probe.close();
/** @type {object} */
const ofHandles = Object.getPrototypeOf(probe);
refuseIn(ofHandles, ['write', 'writev', 'writeFile', 'appendFile'], rejecting, true);
syncBuiltinESMExports();
