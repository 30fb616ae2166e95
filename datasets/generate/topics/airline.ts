import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const airline: Topic = {
  slug: 'airline-trips',
  title: 'Airline trips and loyalty',
  language: 'en',
  regions: regionSets.uk,
  thing: ['airline', 'airlines'],
  brands: ['Skylark', 'Albion Air', 'Transvale', 'Heron', 'Cloudway', 'NorthJet'],
  usage: {
    text: 'How many return flights did you take in the past 12 months?',
    label: 'Flights in past 12 months',
    options: options(['10 or more', '5 to 9', '2 to 4', '1'], [8, 17, 43, 32]),
  },
  attributes: [
    'Punctuality',
    'Comfort of the seat',
    'Cabin crew',
    'Food and drink',
    'Check-in',
    'Baggage',
    'Handling of delays',
  ],
  reasons: [
    'Cheapest fare',
    'Best times',
    'Frequent flyer points',
    'Direct flight',
    'Company policy',
    'Airport close to home',
  ],
  spend: {
    text: 'How much did your last return flight cost, in pounds?',
    label: 'Price of last flight in pounds',
    mean: 214,
    sd: 140,
    high: 2500,
  },
  specific: [
    {
      text: 'Are you a member of a frequent flyer programme?',
      label: 'Frequent flyer status',
      options: options(['Gold or higher', 'Silver', 'Basic', 'Not a member'], [6, 12, 35, 47]),
    },
    {
      text: 'In which class do you usually fly?',
      label: 'Usual class of travel',
      options: options(['Economy', 'Premium economy', 'Business or first'], [78, 14, 8]),
    },
    {
      text: 'Who usually books your flights?',
      label: 'Who books',
      options: options(
        ['I do, with the airline', 'I do, on a comparison site', 'A travel agent', 'My employer'],
        [41, 36, 12, 11],
      ),
      unsure: 0.02,
    },
  ],
  loop: {
    count: {
      text: 'How many of your trips in the past three months may we ask about?',
      label: 'Trips asked about',
      options: options(['1 trip', '2 trips', '3 trips'], [45, 33, 22]),
    },
    occasion: 'Trip',
    questions: [
      {
        text: 'With which airline was this trip?',
        label: 'Airline',
        options: options(
          ['Skylark', 'Albion Air', 'Transvale', 'Heron', 'Cloudway', 'NorthJet', 'Another airline'],
          [22, 20, 15, 12, 9, 8, 14],
        ),
      },
      {
        text: 'What was the purpose of this trip?',
        label: 'Purpose',
        options: options(['Holiday', 'Visiting family or friends', 'Business', 'Other'], [46, 29, 20, 5]),
      },
      {
        text: 'How long was the flight out?',
        label: 'Length of flight',
        options: options(['Less than 2 hours', '2 to 5 hours', 'More than 5 hours'], [37, 40, 23]),
      },
      {
        text: 'Was this flight delayed?',
        label: 'Delay',
        options: options(['No', 'By less than an hour', 'By more than an hour'], [64, 24, 12]),
        unsure: 0.02,
      },
    ],
  },
  things: ['the delays', 'the seats', 'the baggage rules', 'the app', 'the fees for extras', 'the boarding'],
  banner: (n) => [
    {
      name: 'Flights a year',
      columns: [
        { name: 'Frequent', definition: `${n.usage}=1,2` },
        { name: 'Occasional', definition: `${n.usage}=3` },
        { name: 'Rare', definition: `${n.usage}=4` },
      ],
    },
    {
      name: 'Status',
      columns: [
        { name: 'Silver or higher', definition: 'Q12=1,2' },
        { name: 'Basic', definition: 'Q12=3' },
        { name: 'No programme', definition: 'Q12=4' },
      ],
    },
  ],
  doubtful: () => [
    {
      name: 'Traveller types',
      columns: [
        { name: 'Business class', definition: 'Q13=3' },
        { name: 'Road warriors', definition: 'business trips, frequent flyer status' },
        { name: 'Self bookers', definition: 'Q14a=1,2' },
        { name: 'Delayed', definition: 'Q34=2,3' },
        { name: 'Lapsed', definition: '' },
      ],
    },
  ],
};
