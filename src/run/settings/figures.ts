/** What a run is held to: guards of the generator, objectives, golden workbooks, an earlier run. */
import { duration, entry, oneOf, optionalText, share, text } from './shapes.ts';

export const figuresSettings = {
  GUARD_LOOP_LAG_MS: entry(
    '10',
    "A second counts against the generator when a worker's event loop was later than this many milliseconds at its 95th percentile.",
    duration(0),
  ),
  GUARD_DRIFT_SHARE: entry(
    '0.005',
    "So do seven seconds in which more than this share of the pages' timers came over 50 ms late.",
    share(),
  ),
  GUARD_CPU: entry(
    '0.65',
    'With BASE_URL: so does a second in which more than this share of all cores of this machine was in use.',
    share(),
  ),
  GUARD_INVALID_SHARE: entry(
    '0.25',
    'A run is INVALID when more than this share of its seconds count against the generator.',
    share(),
  ),
  HOLD_TO: entry(
    'auto',
    'What decides over a run. figures: projects, journeys, guards and objectives; work: projects and journeys, whatever the figures; auto: figures, but work when only some of the analysts were asked to take part, as with @smoke.',
    oneOf(['auto', 'figures', 'work']),
  ),
  SLO_FILE: entry(
    'slo.json',
    'File with the objectives that a run is held to (README, “Objectives”); none holds it to none.',
    text.min(1, 'must name a file, or be none'),
  ),
  GOLDEN: entry(
    'compare',
    'compare: workbooks are held to those made alone with the same choices, where there are any; make: those are made, one analyst at a time; off.',
    oneOf(['compare', 'make', 'off']),
  ),
  GOLDEN_DIR: entry(
    'datasets/golden',
    'Folder of the workbooks made alone, one folder a product.',
    text.min(1, 'must name a folder'),
  ),
  BASELINE: entry(
    '',
    'An earlier run, by its id or the path of its folder, against which this one is held: a regression fails it.',
    optionalText,
  ),
};
