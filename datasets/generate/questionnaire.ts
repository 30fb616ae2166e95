/** A topic as a whole questionnaire: screener, brand funnel, evaluation, the topic's own questions, image, open answers, demographics. */
import { aboutYou, codedNames, screener, wordNames } from './demographics.ts';
import { missing, scales } from './scales.ts';
import type { DemographicNames, Language, Option, Question, Section, SingleQuestion, Survey } from './survey.ts';
import type { Topic, TopicQuestion } from './topic.ts';
import { texts } from './wording.ts';

export interface QuestionnaireOptions {
  /** `words`: GENDER, AGE, …; `codes`: S1, S2, … */
  readonly naming: 'codes' | 'words';
  /** How many brands get an image battery of twelve statements each. */
  readonly imageBrands: number;
  readonly weight?: { readonly name: string; readonly active: boolean };
}

function single(
  language: Language,
  name: string,
  question: TopicQuestion,
  extra: Partial<SingleQuestion> = {},
): SingleQuestion {
  return {
    kind: 'single',
    name,
    text: question.text,
    label: question.label,
    options: question.options,
    ...(question.unsure === undefined ? {} : { missing: missing(language, { 98: question.unsure }) }),
    ...extra,
  };
}

function brandSections(topic: Topic): Section[] {
  const t = texts[topic.language];
  const { language, brands } = topic;
  const [thing, things] = topic.thing;
  const brandOptions: Option[] = brands.map((label, i) => ({ code: i + 1, label, share: 1 / (i + 2) }));
  const users = { variable: 'Q4', values: brandOptions.map((option) => option.code) };
  return [
    {
      title: t.funnel,
      note: t.order,
      questions: [
        {
          kind: 'mentions',
          name: 'Q1',
          text: t.firstMind(things),
          label: t.labels.first,
          options: brandOptions,
          upTo: 3,
        },
        { kind: 'multi', name: 'Q2', text: t.aware(things), label: t.labels.aware, items: brands, none: t.none },
        { kind: 'multi', name: 'Q3', text: t.used(things), label: t.labels.used, items: brands, none: t.none },
        {
          kind: 'single',
          name: 'Q4',
          text: t.main(thing),
          label: t.labels.main,
          options: brandOptions,
          missing: missing(language, { 97: 0.06 }),
        },
      ],
    },
    {
      title: t.evaluation,
      questions: [
        {
          kind: 'scale',
          name: 'Q5',
          text: t.satisfied(thing),
          label: t.labels.satisfied,
          points: scales[language].satisfaction5,
          first: 1,
          askIf: users,
          missing: missing(language, { 98: 0.02, 99: 0.01 }),
        },
        {
          kind: 'scale',
          name: 'Q6',
          text: t.recommend(thing),
          label: t.labels.recommend,
          points: scales[language].recommend11,
          first: 0,
          askIf: users,
          missing: missing(language, { 98: 0.03 }),
        },
        {
          kind: 'grid',
          name: 'Q7',
          text: t.attributes(thing),
          label: t.labels.attributes,
          items: topic.attributes,
          points: scales[language].satisfaction7,
          askIf: users,
          missing: missing(language, { 98: 0.04 }),
        },
        {
          kind: 'multi',
          name: 'Q8',
          text: t.reasons(thing),
          label: t.labels.reasons,
          items: topic.reasons,
          none: t.other,
          askIf: users,
        },
        {
          kind: 'scale',
          name: 'Q9',
          text: t.switching(thing),
          label: t.labels.switching,
          points: scales[language].likelihood5,
          first: 1,
          askIf: users,
          missing: missing(language, { 98: 0.05 }),
        },
      ],
    },
  ];
}

function habits(topic: Topic): Section {
  const { language, spend } = topic;
  const t = texts[language];
  const [matters, mattersLabel] = t.matters;
  return {
    title: t.habits,
    questions: [
      {
        kind: 'numeric',
        name: 'Q10',
        text: spend.text,
        label: spend.label,
        source: { mean: spend.mean, sd: spend.sd, low: 0, high: spend.high },
        decimals: 2,
        missing: [{ code: 99999, label: missing(language, { 99: 0 })[0]?.label ?? '', share: 0.05 }],
      },
      {
        kind: 'scale',
        name: 'Q11',
        text: matters,
        label: mattersLabel,
        points: scales[language].recommend11,
        first: 0,
        endsOnly: true,
      },
      ...topic.specific.map((question, i) => single(language, `Q${12 + i}`, question)),
    ],
  };
}

function loops(topic: Topic): Section[] {
  const { loop, language } = topic;
  if (loop === undefined) return [];
  const t = texts[language];
  const count = single(language, 'Q30', loop.count, { ordinal: true });
  const iterations = [1, 2, 3].map((n): Section => {
    const askIf = { variable: 'Q30', values: [1, 2, 3].filter((trips) => trips >= n) };
    return {
      title: `${loop.occasion} ${n}`,
      note: t.again(n),
      questions: [
        ...loop.questions.map((question, i) =>
          single(
            language,
            `Q${31 + i}_${n}`,
            { ...question, label: `${question.label} (${loop.occasion.toLowerCase()} ${n})` },
            { askIf },
          ),
        ),
        {
          kind: 'scale',
          name: `Q${31 + loop.questions.length}_${n}`,
          text: `How satisfied were you with ${loop.occasion.toLowerCase()} ${n}?`,
          label: `Satisfaction (${loop.occasion.toLowerCase()} ${n})`,
          points: scales[language].satisfaction5,
          first: 1,
          askIf,
        },
      ],
    };
  });
  return [{ title: t.occasions, questions: [count] }, ...iterations];
}

function image(topic: Topic, brandCount: number): Section[] {
  const t = texts[topic.language];
  if (brandCount === 0) return [];
  const questions = topic.brands.slice(0, brandCount).map((brand, i): Question => ({
    kind: 'grid',
    name: `Q${40 + i}`,
    text: t.image(brand),
    label: `${t.labels.image} ${brand}`,
    items: t.statements,
    points: scales[topic.language].agreement5,
    missing: missing(topic.language, { 98: 0.06 }),
  }));
  return [{ title: t.imageTitle, questions }];
}

function openEnded(topic: Topic): Section {
  const t = texts[topic.language];
  const [thing] = topic.thing;
  return {
    title: t.open,
    questions: [
      {
        kind: 'text',
        name: 'Q80_IMPROVEMENT_IN_OWN_WORDS',
        text: t.improve(thing),
        label: t.improveLabel,
        width: 600,
        content: 'sentences',
        answered: 0.6,
      },
      {
        kind: 'text',
        name: 'Q81',
        text: t.source(thing),
        label: t.sourceLabel,
        width: 40,
        content: 'source',
        answered: 0.85,
      },
      { kind: 'text', name: 'Q82', text: t.device, label: t.deviceLabel, width: 32, content: 'device', answered: 0.92 },
    ],
  };
}

/** Names of the demographic variables under a naming. */
export function demographicNames(naming: QuestionnaireOptions['naming']): DemographicNames {
  return naming === 'codes' ? codedNames : wordNames;
}

/** The whole survey of a topic. */
export function questionnaire(topic: Topic, wanted: QuestionnaireOptions): Survey {
  const t = texts[topic.language];
  const names = demographicNames(wanted.naming);
  const usage = single(topic.language, names.usage, topic.usage, { ordinal: true });
  const paradata: Question[] = [
    { kind: 'numeric', name: 'RESPID', text: '', label: t.respondent, source: 'id', decimals: 0 },
    { kind: 'numeric', name: 'STARTED', text: '', label: t.started, source: 'started', decimals: 0 },
    { kind: 'numeric', name: 'LOI', text: '', label: t.minutes, source: 'minutes', decimals: 1 },
  ];
  const weight: Question[] = wanted.weight
    ? [{ kind: 'numeric', name: wanted.weight.name, text: '', label: t.weight, source: 'weight', decimals: 4 }]
    : [];
  return {
    title: topic.title,
    language: topic.language,
    regions: topic.regions,
    things: topic.things,
    weightActive: wanted.weight?.active ?? false,
    ...(wanted.weight ? { weight: wanted.weight.name } : {}),
    sections: [
      { title: '', questions: paradata },
      screener(topic.language, names, topic.regions, usage),
      ...brandSections(topic),
      habits(topic),
      ...loops(topic),
      ...image(topic, wanted.imageBrands),
      openEnded(topic),
      aboutYou(topic.language, names),
      ...(weight.length > 0 ? [{ title: '', questions: weight }] : []),
    ],
  };
}
