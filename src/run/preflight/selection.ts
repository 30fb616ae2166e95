/** Which analysts an invocation selects, from its arguments: known before the test runner has loaded a single file. Pure. */

/** As the runner names the file of the main job, from the project's root. */
const mainFile = 'main.spec.ts';

/**
 * Of the titles of all analysts' tests, in order, those that `--grep`, `--grep-invert`, `--project` and named files leave.
 * A run that is cut into shards counts as a whole.
 */
export function selectedTitles(args: readonly string[], titles: readonly string[]): string[] {
  const projects = valuesOf(args, ['--project']);
  const files = args.filter((arg) => !arg.startsWith('-') && /\.spec\b|^e2e\b/.test(arg));
  if (projects.length > 0 && !projects.some((name) => name === 'main' || name.includes('*'))) return [];
  if (files.length > 0 && !files.some((file) => `e2e/${mainFile}`.includes(file.replace(/:\d+.*$/, '')))) return [];
  const wanted = valuesOf(args, ['--grep', '-g']).at(-1);
  const unwanted = valuesOf(args, ['--grep-invert', '-gv']).at(-1);
  return titles.filter((title, index) => {
    // As the runner composes it: project, file, title, tags.
    const line = `main ${mainFile} ${title} ${index === 0 ? '@main @smoke' : '@main'}`;
    return (
      (wanted === undefined || pattern(wanted).test(line)) && (unwanted === undefined || !pattern(unwanted).test(line))
    );
  });
}

/** `--name value` and `--name=value`, in order. */
function valuesOf(args: readonly string[], names: readonly string[]): string[] {
  return args.flatMap((arg, at) => {
    for (const name of names) {
      if (arg === name) return args[at + 1] ?? [];
      if (arg.startsWith(`${name}=`)) return arg.slice(name.length + 1);
    }
    return [];
  });
}

/** As the runner reads a pattern: `/…/flags`, or anything else without regard to case. */
function pattern(text: string): RegExp {
  const [, source, flags] = /^\/(.*)\/([gi]*)$/.exec(text) ?? [];
  return source === undefined ? new RegExp(text, 'i') : new RegExp(source, (flags ?? '').replace('g', ''));
}
