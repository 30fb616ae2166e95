import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const grocery: Topic = {
  slug: 'grocery-delivery',
  title: 'Grocery delivery pulse',
  language: 'en',
  regions: regionSets.us,
  thing: ['grocery delivery service', 'grocery delivery services'],
  brands: ['Basketry', 'GreenCart', 'Pantry Post', 'Corner2Door', 'Freshlane', 'Market Mile'],
  usage: {
    text: 'How often do you have groceries delivered?',
    label: 'Frequency of grocery delivery',
    options: options(
      ['More than once a week', 'About once a week', 'Two or three times a month', 'Once a month or less'],
      [14, 31, 28, 27],
    ),
  },
  attributes: [
    'Freshness',
    'Choice of products',
    'Delivery at the promised time',
    'Substitutions',
    'Fees',
    'Packaging',
    'Ease of ordering',
  ],
  reasons: [
    'Saves time',
    'No car',
    'Heavy items',
    'Better prices',
    'Started in the pandemic',
    'Small children at home',
  ],
  spend: {
    text: 'How much was your last order, in dollars?',
    label: 'Value of last order in dollars',
    mean: 88,
    sd: 43,
    high: 420,
  },
  specific: [
    {
      text: 'Do you pay for a delivery subscription?',
      label: 'Delivery subscription',
      options: options(['Yes', 'No, but I did', 'No, never'], [33, 14, 53]),
    },
    {
      text: 'When is your order usually delivered?',
      label: 'Usual delivery time',
      options: options(['Weekday morning', 'Weekday afternoon', 'Weekday evening', 'Weekend'], [17, 21, 34, 28]),
      unsure: 0.03,
    },
    {
      text: 'Was anything missing from your last order?',
      label: 'Items missing from last order',
      options: options(['Nothing', 'One item', 'Several items'], [66, 22, 12]),
      unsure: 0.02,
    },
    {
      text: 'Who in your household does most of the ordering?',
      label: 'Who orders',
      options: options(['Mostly me', 'Mostly somebody else', 'About equally'], [63, 15, 22]),
    },
  ],
  things: ['the substitutions', 'the delivery fee', 'the freshness', 'the time slots', 'the plastic bags', 'the app'],
  banner: (n) => [
    {
      name: 'Order frequency',
      columns: [
        { name: 'Weekly', definition: `${n.usage}=1,2` },
        { name: 'Monthly', definition: `${n.usage}=3,4` },
      ],
    },
    {
      name: 'Subscription',
      columns: [
        { name: 'Subscriber', definition: 'Q12=1' },
        { name: 'Not now', definition: 'Q12=2,3' },
      ],
    },
  ],
  doubtful: () => [
    {
      name: 'Shoppers',
      columns: [
        { name: 'Big baskets', definition: 'customers whose delivery is on weekends' },
        { name: 'Let down', definition: 'Q14x=2,3' },
        { name: 'Test market', definition: 'TBD' },
      ],
    },
  ],
};
