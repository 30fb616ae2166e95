/** Screeners and demographics that every survey starts and ends with. */
import { missing, options } from './scales.ts';
import type { DemographicNames, Language, Section, SingleQuestion } from './survey.ts';

/** Shares the panel delivers and shares of the population; a weight is the quotient. In the order of the options. */
export const quotas = {
  gender: { sample: [0.44, 0.545, 0.015], target: [0.487, 0.503, 0.01] },
  ageGroup: { sample: [0.14, 0.21, 0.2, 0.18, 0.15, 0.12], target: [0.11, 0.17, 0.17, 0.17, 0.16, 0.22] },
} as const;

/** Lowest and highest age in years of each age group. */
export const ageBands: readonly (readonly [low: number, high: number])[] = [
  [18, 24],
  [25, 34],
  [35, 44],
  [45, 54],
  [55, 64],
  [65, 84],
];

export const regionSets = {
  us: ['Northeast', 'Midwest', 'South', 'West'],
  uk: ['North of England', 'Midlands', 'London', 'South East', 'South West', 'Wales', 'Scotland'],
  fr: ['Île-de-France', 'Nord-Est', 'Nord-Ouest', 'Sud-Est', 'Sud-Ouest'],
} as const;

export const codedNames: DemographicNames = {
  gender: 'S1',
  age: 'S2',
  ageGroup: 'S2GRP',
  region: 'S3',
  usage: 'S4',
  income: 'D1',
  education: 'D2',
};
export const wordNames: DemographicNames = {
  gender: 'GENDER',
  age: 'AGE',
  ageGroup: 'AGE_GROUP',
  region: 'REGION',
  usage: 'S4',
  income: 'HOUSEHOLD_INCOME',
  education: 'EDUCATION',
};

const words = {
  en: {
    screener: 'Screener',
    note: 'Quotas on gender, age and region. Close at under 18.',
    gender: ['Which of the following best describes you?', 'Gender', ['Male', 'Female', 'Non-binary or other']],
    age: ['How old were you at your last birthday?', 'Age in years'],
    ageGroup: [
      'AGE GROUP (derived, do not ask)',
      'Age group',
      ['18-24', '25-34', '35-44', '45-54', '55-64', '65 or older'],
    ],
    region: ['In which region do you live?', 'Region'],
    demographics: 'About you',
    income: [
      'Which of these bands includes the total yearly income of your household before tax?',
      'Household income',
      ['Under 20,000', '20,000 to 39,999', '40,000 to 59,999', '60,000 to 99,999', '100,000 or more'],
    ],
    education: [
      'What is the highest level of education that you have completed?',
      'Education',
      ['Secondary school or less', 'Vocational qualification', 'Bachelor degree', 'Postgraduate degree'],
    ],
    employment: [
      'Which of these best describes your working situation?',
      'Employment status',
      [
        'Working full time',
        'Working part time',
        'Self-employed',
        'Looking for work',
        'Student',
        'Retired',
        'Looking after the home',
      ],
    ],
    household: [
      'How many people live in your household, including yourself?',
      'Household size',
      ['1 person', '2 people', '3 people', '4 people', '5 or more people'],
    ],
    children: ['Are there children under 18 in your household?', 'Children in household', ['Yes', 'No']],
  },
  fr: {
    screener: 'Filtre',
    note: 'Quotas sur sexe, âge et région. Clore en dessous de 18 ans.',
    gender: ['Êtes-vous… ?', 'Sexe', ['Homme', 'Femme', 'Autre']],
    age: ['Quel âge avez-vous ?', 'Âge en années'],
    ageGroup: [
      "TRANCHE D'ÂGE (dérivée, ne pas poser)",
      "Tranche d'âge",
      ['18-24 ans', '25-34 ans', '35-44 ans', '45-54 ans', '55-64 ans', '65 ans et plus'],
    ],
    region: ['Dans quelle région habitez-vous ?', 'Région'],
    demographics: 'Signalétique',
    income: [
      'Dans quelle tranche se situe le revenu annuel net de votre foyer ?',
      'Revenu du foyer',
      ['Moins de 20 000 €', '20 000 à 39 999 €', '40 000 à 59 999 €', '60 000 à 99 999 €', '100 000 € et plus'],
    ],
    education: [
      'Quel est votre niveau de diplôme le plus élevé ?',
      "Niveau d'études",
      ['Sans diplôme ou brevet', 'CAP, BEP ou équivalent', 'Licence', 'Master et au-delà'],
    ],
    employment: [
      'Quelle est votre situation professionnelle ?',
      'Situation professionnelle',
      ['Temps plein', 'Temps partiel', 'Indépendant', "À la recherche d'un emploi", 'Étudiant', 'Retraité', 'Au foyer'],
    ],
    household: [
      'Combien de personnes vivent dans votre foyer, vous compris ?',
      'Taille du foyer',
      ['1 personne', '2 personnes', '3 personnes', '4 personnes', '5 personnes et plus'],
    ],
    children: ['Y a-t-il des enfants de moins de 18 ans dans votre foyer ?', 'Enfants au foyer', ['Oui', 'Non']],
  },
} as const;

/** Gender, age, age group and region, then the topic's own usage question. */
export function screener(
  language: Language,
  names: DemographicNames,
  regions: readonly string[],
  usage: SingleQuestion,
): Section {
  const w = words[language];
  return {
    title: w.screener,
    note: w.note,
    questions: [
      {
        kind: 'single',
        name: names.gender,
        text: w.gender[0],
        label: w.gender[1],
        options: options(w.gender[2]),
        trait: 'gender',
      },
      { kind: 'numeric', name: names.age, text: w.age[0], label: w.age[1], source: 'age', decimals: 0 },
      {
        kind: 'single',
        name: names.ageGroup,
        text: w.ageGroup[0],
        label: w.ageGroup[1],
        options: options(w.ageGroup[2]),
        ordinal: true,
        trait: 'ageGroup',
      },
      {
        kind: 'single',
        name: names.region,
        text: w.region[0],
        label: w.region[1],
        options: options(regions),
        trait: 'region',
      },
      usage,
    ],
  };
}

/** Income, education, work and household, asked last as is the custom. */
export function aboutYou(language: Language, names: DemographicNames): Section {
  const w = words[language];
  const employment = options(w.employment[2], [42, 13, 9, 5, 6, 19, 6]);
  const household = options(w.household[2], [27, 35, 16, 14, 8]);
  return {
    title: w.demographics,
    questions: [
      {
        kind: 'single',
        name: names.income,
        text: w.income[0],
        label: w.income[1],
        options: options(w.income[2]),
        ordinal: true,
        trait: 'income',
        missing: missing(language, { 98: 0.02, 99: 0.07 }),
      },
      {
        kind: 'single',
        name: names.education,
        text: w.education[0],
        label: w.education[1],
        options: options(w.education[2]),
        ordinal: true,
        trait: 'education',
        missing: missing(language, { 99: 0.02 }),
      },
      {
        kind: 'single',
        name: 'D3',
        text: w.employment[0],
        label: w.employment[1],
        options: employment,
        missing: missing(language, { 99: 0.02 }),
      },
      { kind: 'single', name: 'D4', text: w.household[0], label: w.household[1], options: household, ordinal: true },
      {
        kind: 'single',
        name: 'D5',
        text: w.children[0],
        label: w.children[1],
        options: options(w.children[2], [31, 69]),
        askIf: { variable: 'D4', values: [2, 3, 4, 5] },
      },
    ],
  };
}
