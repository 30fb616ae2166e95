import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const banking: Topic = {
  slug: 'banking-app',
  title: 'Mobile banking experience study',
  language: 'en',
  regions: regionSets.us,
  thing: ['bank', 'banks'],
  brands: ['First Meridian', 'Cedar Bank', 'Union & Coast', 'Moneta', 'Harborline', 'Ledgerly', 'Plain Bank'],
  usage: {
    text: 'How often do you use the app of any bank?',
    label: 'Frequency of banking app use',
    options: options(['Several times a day', 'About once a day', 'A few times a week', 'Less often'], [19, 31, 33, 17]),
  },
  attributes: [
    'Ease of signing in',
    'Speed of the app',
    'Paying bills',
    'Sending money to friends',
    'Security',
    'Finding old transactions',
    'Help inside the app',
  ],
  reasons: [
    'Branch close to home',
    'No monthly fee',
    'Better interest',
    'My employer pays in there',
    'Family banks there',
    'Good app',
  ],
  spend: {
    text: 'About how much do you pay in bank fees in a usual month, in dollars?',
    label: 'Monthly bank fees in dollars',
    mean: 7,
    sd: 5,
    high: 60,
  },
  specific: [
    {
      text: 'Which kind of telephone do you use for banking?',
      label: 'Operating system',
      options: options(['iPhone', 'Android', 'Neither'], [52, 43, 5]),
    },
    {
      text: 'Do you have a credit card from your main bank?',
      label: 'Credit card with main bank',
      options: options(['Yes', 'No'], [58, 42]),
      unsure: 0.02,
    },
    {
      text: 'When did you last visit a branch?',
      label: 'Last branch visit',
      options: options(['In the past month', '1 to 6 months ago', 'More than 6 months ago', 'Never'], [27, 31, 30, 12]),
      unsure: 0.03,
    },
    {
      text: 'Have you ever been a victim of payment fraud?',
      label: 'Experience of fraud',
      options: options(['Yes, and the money came back', 'Yes, and it did not', 'No'], [17, 6, 77]),
      unsure: 0.02,
    },
  ],
  things: ['the sign-in', 'the overdraft fee', 'the search', 'the help line', 'the notifications', 'the card controls'],
  banner: (n) => [
    {
      name: 'App use',
      columns: [
        { name: 'Daily', definition: `${n.usage}=1,2` },
        { name: 'Weekly', definition: `${n.usage}=3` },
        { name: 'Less often', definition: `${n.usage}=4` },
      ],
    },
    {
      name: 'Operating system',
      columns: [
        { name: 'iPhone', definition: 'Q12=1' },
        { name: 'Android', definition: 'Q12=2' },
      ],
    },
    {
      name: 'Branch visits',
      columns: [
        { name: 'Recent', definition: 'Q14=1' },
        { name: 'Occasional', definition: 'Q14=2,3' },
        { name: 'Never', definition: 'Q14=4' },
      ],
    },
  ],
  doubtful: (n) => [
    {
      name: 'Wealth',
      columns: [
        { name: 'Affluent', definition: `${n.income}=4,5` },
        { name: 'Mass affluent', definition: 'see wealth model' },
        { name: 'Private', definition: '' },
      ],
    },
    {
      name: 'Relationship',
      columns: [
        { name: 'Card holders', definition: 'Q13=1' },
        { name: 'Promoters', definition: 'Q6B=9-10' },
      ],
    },
  ],
};
