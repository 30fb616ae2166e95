import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const coffee: Topic = {
  slug: 'coffee-loyalty',
  title: 'Coffee shop loyalty 2026',
  language: 'en',
  regions: regionSets.uk,
  thing: ['coffee shop', 'coffee shops'],
  brands: ['Bean & Gone', 'Café Aurèle', 'Morning Union', 'The Copper Pot', 'Kōhi Corner', 'Daily Grind Co.'],
  usage: {
    text: 'How often do you buy a hot drink from a coffee shop?',
    label: 'Frequency of coffee shop visits',
    options: options(
      ['Every day', '3 to 6 times a week', 'Once or twice a week', 'Less often than once a week'],
      [18, 24, 33, 25],
    ),
  },
  attributes: [
    'Taste of the coffee',
    'Choice of food',
    'Speed of service',
    'Friendliness of staff',
    'Comfort of the seating',
    'Value for money',
  ],
  reasons: [
    'Close to home or work',
    'Best coffee',
    'Loyalty scheme',
    'Somewhere to sit and work',
    'Recommended by friends',
    'Dairy-free choice',
  ],
  spend: {
    text: 'About how much do you spend in coffee shops in a usual week, in pounds?',
    label: 'Weekly spend in pounds',
    mean: 14,
    sd: 9,
    high: 90,
  },
  specific: [
    {
      text: 'Are you a member of any coffee shop loyalty scheme?',
      label: 'Loyalty scheme member',
      options: options(['Yes, and I use it most times', 'Yes, but I rarely use it', 'No'], [38, 21, 41]),
    },
    {
      text: 'At what time of day do you usually visit?',
      label: 'Usual time of visit',
      options: options(['Before 9 in the morning', '9 until noon', 'Noon until 5', 'After 5'], [34, 28, 27, 11]),
      unsure: 0.02,
    },
    {
      text: 'Do you usually drink in or take away?',
      label: 'Drink in or take away',
      options: options(['Drink in', 'Take away', 'About half and half'], [33, 46, 21]),
    },
    {
      text: 'How do you usually order?',
      label: 'Ordering method',
      options: options(['At the counter', 'Ahead, in the app', 'At a screen in the shop'], [68, 24, 8]),
      unsure: 0.03,
    },
  ],
  things: ['the queue', 'the coffee', 'the loyalty stamps', 'the seating', 'the prices', 'the app'],
  banner: (n) => [
    {
      name: 'Visit frequency',
      columns: [
        { name: 'Daily', definition: `${n.usage}=1` },
        { name: 'Weekly', definition: `${n.usage}=2,3` },
        { name: 'Less often', definition: `${n.usage}=4` },
      ],
    },
    {
      name: 'Loyalty scheme',
      columns: [
        { name: 'Member', definition: 'Q12=1,2' },
        { name: 'Not a member', definition: 'Q12=3' },
      ],
    },
    {
      name: 'Young loyals',
      columns: [
        { name: 'Under 35 and member', definition: `${n.age}=18-34 AND Q12=1,2` },
        { name: '35 or older and member', definition: `${n.age}=35-84 AND Q12=1,2` },
      ],
    },
  ],
  doubtful: (n) => [
    {
      name: 'Coffee people',
      columns: [
        { name: 'Regulars', definition: `${n.usage}B=1,2` },
        { name: 'Connoisseurs', definition: 'people who care about the taste of coffee' },
        { name: 'New this wave', definition: 'TBD' },
      ],
    },
  ],
};
