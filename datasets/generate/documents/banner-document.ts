import type { PlanGroup } from '../topic.ts';
import type { Language } from '../survey.ts';
import type { Block } from './blocks.ts';

const words = {
  en: {
    plan: 'Banner plan',
    intro: [
      'Please run the full set of tables with the banner below. The total comes first and is not listed.',
      'Significance testing between the columns of each group. Questions to the project team before fieldwork closes, please.',
    ],
  },
  fr: {
    plan: 'Plan de tris',
    intro: [
      'Merci de sortir tous les tableaux avec la bannière suivante. Le total vient en premier et ne figure pas dans la liste.',
      'Tests de significativité entre les colonnes de chaque groupe.',
    ],
  },
} as const;

/** The banner plan: some prose, then each group as `Banner group: <name>` and its columns as bulleted `<column>: <definition>`. */
export function bannerBlocks(title: string, language: Language, plan: readonly PlanGroup[]): Block[] {
  const w = words[language];
  return [
    { kind: 'title', text: `${title} - ${w.plan}` },
    ...w.intro.map((text): Block => ({ kind: 'text', text })),
    ...plan.flatMap((group): Block[] => [
      { kind: 'heading', text: `Banner group: ${group.name}` },
      ...group.columns.map(({ name, definition }): Block => ({
        kind: 'bullet',
        text: `${name}: ${definition}`.trimEnd(),
      })),
    ]),
  ];
}
