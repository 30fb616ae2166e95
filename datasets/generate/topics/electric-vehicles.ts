import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const electricVehicles: Topic = {
  slug: 'ev-intent',
  title: 'Electric vehicle purchase intent',
  language: 'en',
  regions: regionSets.us,
  thing: ['car brand', 'car brands'],
  brands: ['Amperion', 'Calder', 'Voltara', 'Redwood Motors', 'Halden', 'Kinoko', 'Meridian Auto', 'Strada'],
  usage: {
    text: 'About how many miles do you drive in a usual week?',
    label: 'Miles driven per week',
    options: options(['More than 300', '151 to 300', '51 to 150', '50 or fewer'], [14, 25, 37, 24]),
  },
  attributes: [
    'Reliability',
    'Comfort',
    'Safety',
    'Running costs',
    'Design',
    'Dealer service',
    'Range',
    'Technology inside',
  ],
  reasons: ['Price', 'Reliability', 'Had one before', 'Design', 'Low running costs', 'Tax credit', 'Size'],
  spend: {
    text: 'How much do you spend on fuel or charging in a month, in dollars?',
    label: 'Monthly fuel or charging cost in dollars',
    mean: 134,
    sd: 71,
    high: 800,
  },
  specific: [
    {
      text: 'Which kind of car do you drive most?',
      label: 'Drive of main car',
      options: options(['Petrol or diesel', 'Hybrid', 'Plug-in hybrid', 'Fully electric'], [67, 17, 7, 9]),
    },
    {
      text: 'When do you expect to buy your next car?',
      label: 'Next purchase',
      options: options(['Within a year', 'In 1 to 2 years', 'In 3 to 5 years', 'Later or never'], [18, 26, 34, 22]),
      unsure: 0.05,
    },
    {
      text: 'Could you charge a car where you live?',
      label: 'Charging at home',
      options: options(['Yes, already installed', 'Yes, it could be installed', 'No'], [11, 48, 41]),
      unsure: 0.06,
    },
    {
      text: 'How likely is your next car to be fully electric?',
      label: 'Electric purchase intent',
      options: options(
        ['Very unlikely', 'Fairly unlikely', 'Neither', 'Fairly likely', 'Very likely'],
        [27, 18, 18, 22, 15],
      ),
      unsure: 0.02,
    },
    {
      text: 'What worries you most about electric cars?',
      label: 'Main worry about electric cars',
      options: options(
        ['Range', 'Charging on the road', 'Price', 'Battery life', 'Resale value', 'Nothing'],
        [24, 25, 23, 13, 6, 9],
      ),
    },
  ],
  things: ['the range', 'the charging network', 'the price', 'the dealer', 'the battery guarantee', 'the waiting time'],
  banner: (n) => [
    {
      name: 'Drive',
      columns: [
        { name: 'Combustion', definition: 'Q12=1' },
        { name: 'Hybrid', definition: 'Q12=2,3' },
        { name: 'Electric', definition: 'Q12=4' },
      ],
    },
    {
      name: 'Purchase horizon',
      columns: [
        { name: 'Within 2 years', definition: 'Q13=1,2' },
        { name: 'Later', definition: 'Q13=3,4' },
      ],
    },
    {
      name: 'Electric prospects',
      columns: [
        { name: 'Likely and can charge', definition: 'Q15=4,5 AND Q14=1,2' },
        { name: 'Likely and long distance', definition: `Q15=4,5 AND ${n.usage}=1,2` },
      ],
    },
  ],
  doubtful: (n) => [
    {
      name: 'Adoption segments',
      columns: [
        { name: 'Early adopters', definition: 'likely electric buyers within a year' },
        { name: 'Sceptics', definition: 'Q15Z=1,2' },
        { name: 'Trust the brand', definition: 'Q40r=4,5' },
        { name: 'Affluent', definition: `${n.income}=4,5` },
        { name: 'Fleet drivers', definition: 'from list: hybrid and electric models' },
        { name: 'Wave 2 only', definition: 'TBD' },
      ],
    },
  ],
};
