/** Open answers: short sentences about the subject, in the tone of the respondent. */
import type { Random } from './random.ts';
import type { Language } from './survey.ts';

const phrases = {
  en: {
    unhappy: [
      'I am tired of %',
      'Please do something about %',
      'I expected more: %',
      'My problem is %, and it keeps getting worse',
      'I nearly left because of %',
    ],
    happy: [
      'Nothing really, I am happy with it',
      'Perhaps %, but it is a small thing',
      'They could look at %, the rest is fine',
      'Keep going as you are',
      'I like it as it is, maybe improve %',
    ],
    complaints: [
      'It costs me time every week',
      'Others do it far better',
      'I told them twice and nobody answered',
      'My family says the same',
      'It was better a few years ago',
      'It is the first thing I notice',
      'I am looking at others now',
    ],
    praise: [
      'I would gladly pay a little more for that',
      'Then I would recommend it to everybody',
      'I have been with them for years',
      'The staff are lovely',
      'No reason to change',
    ],
    sources: [
      'Television',
      'A friend',
      'My sister',
      'Instagram',
      'An advert at the bus stop',
      'Radio',
      'At work',
      'Newspaper',
      'Search engine',
      "can't remember",
    ],
  },
  fr: {
    unhappy: [
      'Le vrai problème : %',
      'Il faut revoir %',
      'Franchement déçu : %',
      'Je pensais partir, et la raison est simple : %',
      'Encore et toujours %',
    ],
    happy: [
      'Rien, je suis très satisfait',
      'Peut-être %, mais c’est un détail',
      'À améliorer : %, le reste est très bien',
      'Continuez ainsi',
      'Cela me convient, mais regardez %',
    ],
    complaints: [
      'Cela me coûte du temps à chaque fois',
      'D’autres font bien mieux',
      'J’ai réclamé deux fois sans réponse',
      'Ma famille pense la même chose',
      'C’était mieux il y a quelques années',
      'C’est la première chose que je remarque',
    ],
    praise: [
      'Je paierais volontiers un peu plus',
      'Alors je la recommanderais à tous',
      'Je suis client depuis des années',
      'Les conseillers sont à l’écoute',
      'Aucune raison de changer',
    ],
    sources: [
      'Télévision',
      'Un ami',
      'Ma sœur',
      'Internet',
      'Une affiche à l’arrêt de bus',
      'Radio',
      'Au travail',
      'Presse écrite',
      'Moteur de recherche',
      'je ne sais plus',
    ],
  },
} as const;

const devices = [
  'Apple iPhone 15',
  'Apple iPhone 14',
  'iPhone 13 mini',
  'Samsung Galaxy S24',
  'Samsung Galaxy A15',
  'samsung',
  'Google Pixel 8',
  'Google Pixel 7a',
  'Motorola Moto G',
  'OnePlus 12',
  'Nokia',
  'Xiaomi Redmi 12',
];

/** One to six sentences, at most `width` bytes of UTF-8. `mood` below 0 complains and writes more. */
export function sentences(
  random: Random,
  language: Language,
  things: readonly string[],
  mood: number,
  width: number,
): string {
  const p = phrases[language];
  const opening = random.pick(mood < 0 ? p.unhappy : p.happy).replace('%', random.pick(things));
  let text = opening;
  const extra = mood < 0 ? random.int(0, 5) : random.int(0, 2);
  for (const reason of random.shuffle<string>(mood < 0 ? p.complaints : p.praise).slice(0, extra)) {
    const longer = `${text}. ${reason}`;
    if (Buffer.byteLength(longer) + 1 > width) break;
    text = longer;
  }
  return text === opening && random.float() < 0.3 ? text.toLowerCase() : `${text}.`;
}

/** Where somebody heard of something. */
export function source(random: Random, language: Language): string {
  return random.pick(phrases[language].sources);
}

/** A telephone, spelt as respondents spell it. */
export function device(random: Random): string {
  return random.pick(devices);
}
