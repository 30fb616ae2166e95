/** Searches files for a planted secret, in every spelling in which it could have got into them. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A signed token, whosever it is. */
const tokenShape = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/;

/** Spellings of a secret: as it is, in addresses and forms, in JSON (twice, too), in HTML and XML, in base64 wherever it begins. */
export function spellingsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  const base64 = [0, 1, 2].flatMap((offset) => {
    // What its neighbours share in the first and the last group of four letters is left out.
    const text = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
      .toString('base64')
      .replace(/=+$/, '');
    const core = text.slice(offset === 0 ? 0 : 4, Math.floor(text.length / 4) * 4 - 4);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
  return [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      new URLSearchParams({ s: secret }).toString().slice(2),
      inJson,
      JSON.stringify(inJson).slice(1, -1),
      secret.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter),
      secret.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`),
      ...base64.filter((core) => core.length >= 8),
    ]),
  ];
}

/** Every place where a text holds a secret or a signed token, as `name: which`; never the secret itself. */
export function leaksIn(name: string, text: string, secrets: Readonly<Record<string, string>>): string[] {
  const found = Object.entries(secrets).filter(([, secret]) =>
    spellingsOf(secret).some((spelling) => text.includes(spelling)),
  );
  return [
    ...found.map(([which]) => `${name}: ${which}`),
    ...(tokenShape.test(text) ? [`${name}: a signed token`] : []),
  ];
}

/** All files below a folder but the named ones, with their content. */
export async function filesBelow(folder: string, but: readonly string[]): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  return Promise.all(
    names
      .filter((name) => !but.includes(name))
      .map(async (name) => ({ name, text: await readFile(path.join(folder, name), 'utf8') })),
  );
}
