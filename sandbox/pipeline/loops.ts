/** Finds looped questions: the same block asked again for each brand, child or occasion, as `Q5_1 Q6_1 Q7_1 Q5_2 Q6_2 Q7_2`. */
import type { SavDictionary, SavVariable } from '../../datasets/sav/index.ts';

export interface LoopSummary {
  readonly hasLoops: boolean;
  /** Number of distinct looped blocks. */
  readonly loopCount: number;
}

const fewestIterations = 2;
const fewestVariables = 3;
const iterated = /^(.*?[A-Za-z0-9])_(\d{1,2})(?=_|$)(.*)$/;

interface Member {
  readonly variable: SavVariable;
  readonly at: number;
  readonly iteration: number;
}

/**
 * A loop is a set of at least three stems that all come in the same iterations (at least two), asked block after block
 * or worded alike in every iteration. Items of multiple-response sets and ordinary grids (`Q10r1`, or `Q10_1 … Q10_8`
 * worded item by item) are none.
 */
export function detectLoops(dictionary: SavDictionary): LoopSummary {
  const members = new Set((dictionary.multipleResponseSets ?? []).flatMap((set) => set.variables));
  const stems = new Map<string, Member[]>();
  dictionary.variables.forEach((variable, at) => {
    const match = members.has(variable.name) ? null : iterated.exec(variable.name);
    if (!match) return;
    const stem = `${match[1] ?? ''}_#${match[3] ?? ''}`;
    stems.set(stem, [...(stems.get(stem) ?? []), { variable, at, iteration: Number(match[2]) }]);
  });
  const bySignature = new Map<string, Member[][]>();
  for (const stem of stems.values()) {
    if (stem.length < fewestIterations) continue;
    const signature = stem
      .map(({ iteration }) => iteration)
      .sort((a, b) => a - b)
      .join(',');
    bySignature.set(signature, [...(bySignature.get(signature) ?? []), stem]);
  }
  const loops = [...bySignature.values()].filter((group) => {
    const alike = group.filter(wordedAlike);
    return alike.length >= fewestVariables || (group.length >= fewestVariables && askedInBlocks(group));
  });
  return { hasLoops: loops.length > 0, loopCount: loops.length };
}

/** All variables of an iteration stand before all of the next one. */
function askedInBlocks(group: readonly Member[][]): boolean {
  const extents = new Map<number, { first: number; last: number }>();
  for (const { iteration, at } of group.flat()) {
    const extent = extents.get(iteration);
    extents.set(iteration, { first: Math.min(extent?.first ?? at, at), last: Math.max(extent?.last ?? at, at) });
  }
  const inOrder = [...extents.values()].sort((a, b) => a.first - b.first);
  return inOrder.every((extent, index) => extent.first > (inOrder[index - 1]?.last ?? -1));
}

/** One question text for every iteration, apart from numbers, and one set of answers. (Grid items differ in words.) */
function wordedAlike(stem: readonly Member[]): boolean {
  const texts = new Set(stem.map(({ variable }) => common(variable.label ?? '')));
  const answers = new Set(stem.map(({ variable }) => (variable.valueLabels ?? []).map(({ label }) => label).join('|')));
  return texts.size === 1 && !texts.has('') && answers.size === 1;
}

function common(label: string): string {
  return label.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim().toLowerCase();
}
