/** Open answers: short sentences about the subject, in the tone of the respondent. */
import type { Random } from './random.ts';
import type { Language } from './survey.ts';

const phrases = {
  en: {
    unhappy: ['I am tired of %', 'Please do something about %', 'Honestly, % should be much better by now', 'It all comes down to %, which keeps getting worse', 'I nearly left because of %'],
    happy: ['Nothing really, I am happy with it', 'Perhaps %, but it is a small thing', 'They could look at %, the rest is fine', 'Keep going as you are', 'I like it as it is, maybe improve %'],
    reasons: ['It costs me time every week', 'Others do it far better', 'I told them twice and nobody answered', 'My family says the same', 'It was better a few years ago', 'I would gladly pay a little more for that', 'It is the first thing I notice', 'Then I would recommend it to everybody'],
    sources: ['Television', 'A friend', 'My sister', 'Instagram', 'An advert at the bus stop', 'Radio', 'At work', 'Newspaper', 'Search engine', "can't remember"],
    because: 'because',
  },
  fr: {
    unhappy: ['J’en ai assez avec %', 'Il faut faire quelque chose pour %', 'Franchement, % devrait être bien mieux', 'Tout dépend de %, et cela se dégrade', 'J’ai failli partir à cause de %'],
    happy: ['Rien, je suis très satisfait', 'Peut-être %, mais c’est un détail', 'À améliorer : %, le reste est très bien', 'Continuez ainsi', 'Cela me convient, mais pensez à %'],
    reasons: ['Cela me coûte du temps à chaque fois', 'D’autres font bien mieux', 'J’ai réclamé deux fois sans réponse', 'Ma famille pense la même chose', 'C’était mieux il y a quelques années', 'Je paierais volontiers un peu plus', 'C’est la première chose que je remarque', 'Alors je la recommanderais à tous'],
    sources: ['Télévision', 'Un ami', 'Ma sœur', 'Internet', 'Une affiche à l’arrêt de bus', 'Radio', 'Au travail', 'Presse écrite', 'Moteur de recherche', 'je ne sais plus'],
    because: 'parce que',
  },
} as const;

const devices = ['Apple iPhone 15', 'Apple iPhone 14', 'iPhone 13 mini', 'Samsung Galaxy S24', 'Samsung Galaxy A15', 'samsung', 'Google Pixel 8', 'Google Pixel 7a', 'Motorola Moto G', 'OnePlus 12', 'Nokia', 'Xiaomi Redmi 12'];

/** One to six sentences, at most `width` bytes of UTF-8. `mood` below 0 complains and writes more. */
export function sentences(random: Random, language: Language, things: readonly string[], mood: number, width: number): string {
  const p = phrases[language];
  const opening = random.pick(mood < 0 ? p.unhappy : p.happy).replace('%', random.pick(things));
  let text = opening;
  const extra = mood < 0 ? random.int(0, 5) : random.int(0, 2);
  for (const reason of random.shuffle(p.reasons).slice(0, extra)) {
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
