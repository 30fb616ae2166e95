/** What the double's "AI" makes of a banner: it looks at nothing but the names of the variables. */
import type { FlaggedColumn } from './state.ts';

const shown = 4;

/** Columns that somebody must look at: those of a banner plan that was handed over. Nothing of them follows the bundle's own plan. */
export function flaggedColumns(variables: readonly string[], bannerMode: 'upload' | 'auto_generate'): FlaggedColumn[] {
  if (bannerMode !== 'upload') return [];
  return variables.slice(1, 1 + shown).map((variable, place): FlaggedColumn => {
    const blank = place === shown - 1;
    return {
      groupName: place < shown / 2 ? 'Demographics' : 'Behaviour',
      columnName: `Column ${String.fromCharCode(65 + place)}`,
      original: `${variable} as in the plan`,
      proposed: blank ? '' : `${variable} == 1`,
      confidence: [0.62, 0.71, 0.55, 0.2][place] ?? 0.5,
      reasoning: `${variable} is the nearest name.`,
      userSummary: `Matched by name to ${variable}.`,
      alternatives:
        place % 2 === 0
          ? [
              { expression: `${variable} == 2`, rank: 1, userSummary: 'The second answer' },
              { expression: `${variable} >= 1`, rank: 2, userSummary: 'Any answer' },
            ]
          : [],
      uncertainties: ['The plan and the data use different words.', 'There are several candidates.'].slice(
        0,
        1 + (place % 2),
      ),
      expressionType: blank ? 'placeholder' : 'direct_variable',
    };
  });
}
