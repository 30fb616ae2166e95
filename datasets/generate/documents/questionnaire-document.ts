import { variablesOf } from '../dictionary.ts';
import type { Option, Question, Survey } from '../survey.ts';
import type { Block } from './blocks.ts';

const words = {
  en: {
    survey: 'Questionnaire',
    about:
      'Online interview of about 12 minutes. Adults of 18 years or older. Texts in capitals are instructions to the programmer and are not shown.',
    ask: 'ASK IF',
    all: 'ASK ALL',
    multi: 'Select all that apply.',
    upTo: (n: number) => `Up to ${n} answers, in order of mention.`,
    number: 'Numeric answer.',
    open: 'Open answer.',
    scale: 'One answer per row.',
  },
  fr: {
    survey: 'Questionnaire',
    about:
      'Entretien en ligne de 12 minutes environ. Adultes de 18 ans et plus. Les textes en capitales sont des consignes de programmation.',
    ask: 'POSER SI',
    all: 'POSER À TOUS',
    multi: 'Plusieurs réponses possibles.',
    upTo: (n: number) => `Jusqu'à ${n} réponses, par ordre de citation.`,
    number: 'Réponse numérique.',
    open: 'Réponse ouverte.',
    scale: 'Une réponse par ligne.',
  },
} as const;

const option = (text: string): Block => ({ kind: 'option', text });
const coded = (options: readonly Option[]): Block[] => options.map(({ code, label }) => option(`${code}   ${label}`));

function answers(question: Question, w: (typeof words)['en' | 'fr']): Block[] {
  const note = (text: string): Block => ({ kind: 'note', text });
  const missing = coded(question.missing ?? []);
  const names = variablesOf(question).map((variable) => variable.name);
  switch (question.kind) {
    case 'single':
      return [...coded(question.options), ...missing];
    case 'scale':
      // The points of a numbered scale bring their number along.
      return [
        ...question.points.map((label, i) => option(/^\d/.test(label) ? label : `${i + question.first}   ${label}`)),
        ...missing,
      ];
    case 'grid':
      return [
        note(w.scale),
        ...question.items.map((item, i) => option(`${names[i] ?? ''}   ${item}`)),
        note(question.points.map((label, i) => `${i + 1} ${label}`).join(' · ')),
        ...missing,
      ];
    case 'multi':
      return [
        note(w.multi),
        ...[...question.items, question.none].map((item, i) => option(`${names[i] ?? ''}   ${item}`)),
      ];
    case 'mentions':
      return [note(w.upTo(question.upTo)), ...coded(question.options)];
    case 'numeric':
      return [note(w.number), ...missing];
    case 'text':
      return [note(w.open)];
  }
}

/** The questionnaire: question texts under their variable names, answer options, routing. */
export function questionnaireBlocks(survey: Survey): Block[] {
  const w = words[survey.language];
  const blocks: Block[] = [
    { kind: 'title', text: `${survey.title} - ${w.survey}` },
    { kind: 'text', text: w.about },
  ];
  for (const section of survey.sections) {
    if (section.title === '') continue;
    blocks.push({ kind: 'heading', text: section.title });
    if (section.note !== undefined) blocks.push({ kind: 'note', text: section.note });
    for (const question of section.questions) {
      const { askIf } = question;
      blocks.push({ kind: 'question', text: `${question.name}. ${question.text}` });
      blocks.push({ kind: 'note', text: askIf ? `${w.ask} ${askIf.variable}=${askIf.values.join(',')}` : w.all });
      blocks.push(...answers(question, w));
    }
  }
  return blocks;
}
