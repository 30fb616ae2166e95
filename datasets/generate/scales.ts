/** Answer scales that surveys share, in the languages of the bundles. Lowest point first. */
import type { Language, Option } from './survey.ts';

type Scales = Record<
  'satisfaction5' | 'satisfaction7' | 'likelihood5' | 'agreement5' | 'recommend11',
  readonly string[]
>;

const numbered = (low: string, high: string): string[] => [
  `0 - ${low}`,
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  `10 - ${high}`,
];

export const scales: Record<Language, Scales> = {
  en: {
    satisfaction5: [
      'Very dissatisfied',
      'Fairly dissatisfied',
      'Neither satisfied nor dissatisfied',
      'Fairly satisfied',
      'Very satisfied',
    ],
    satisfaction7: [
      'Completely dissatisfied',
      'Very dissatisfied',
      'Fairly dissatisfied',
      'Neither satisfied nor dissatisfied',
      'Fairly satisfied',
      'Very satisfied',
      'Completely satisfied',
    ],
    likelihood5: ['Very unlikely', 'Fairly unlikely', 'Neither likely nor unlikely', 'Fairly likely', 'Very likely'],
    agreement5: [
      'Strongly disagree',
      'Tend to disagree',
      'Neither agree nor disagree',
      'Tend to agree',
      'Strongly agree',
    ],
    recommend11: numbered('Not at all likely', 'Extremely likely'),
  },
  fr: {
    satisfaction5: [
      'Très insatisfait',
      'Plutôt insatisfait',
      'Ni satisfait ni insatisfait',
      'Plutôt satisfait',
      'Très satisfait',
    ],
    satisfaction7: [
      'Totalement insatisfait',
      'Très insatisfait',
      'Plutôt insatisfait',
      'Ni satisfait ni insatisfait',
      'Plutôt satisfait',
      'Très satisfait',
      'Totalement satisfait',
    ],
    likelihood5: [
      'Très improbable',
      'Plutôt improbable',
      'Ni probable ni improbable',
      'Plutôt probable',
      'Très probable',
    ],
    agreement5: [
      "Pas du tout d'accord",
      "Plutôt pas d'accord",
      "Ni d'accord ni pas d'accord",
      "Plutôt d'accord",
      "Tout à fait d'accord",
    ],
    recommend11: numbered('Pas du tout probable', 'Extrêmement probable'),
  },
};

const missingTexts = {
  en: { 97: 'None of these', 98: "Don't know", 99: 'Refused' },
  fr: { 97: 'Aucun de ceux-ci', 98: 'Ne sait pas', 99: 'Refus' },
} as const;

/** User-missing answers by code, with the share of respondents who give them. */
export function missing(language: Language, shares: { readonly [code in 97 | 98 | 99]?: number }): Option[] {
  return ([97, 98, 99] as const).flatMap((code) => {
    const share = shares[code];
    return share === undefined ? [] : [{ code, label: missingTexts[language][code], share }];
  });
}

/** Labels as options coded 1, 2, 3, …, with optional relative frequencies. */
export function options(labels: readonly string[], shares: readonly number[] = []): Option[] {
  return labels.map((label, i) => ({ code: i + 1, label, share: shares[i] ?? 1 }));
}
