import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const telecom: Topic = {
  slug: 'mobile-networks',
  title: 'Mobile network tracker, wave 12',
  language: 'en',
  regions: regionSets.uk,
  thing: ['mobile network', 'mobile networks'],
  brands: ['Northline', 'Voxa', 'Telbright', 'Orbit Mobile', 'Pebble', 'Link4', 'Hullo', 'Signal House'],
  usage: {
    text: 'About how much mobile data do you use in a usual month?',
    label: 'Mobile data used per month',
    options: options(['50 GB or more', '20 to 49 GB', '5 to 19 GB', 'Less than 5 GB'], [16, 27, 34, 23]),
  },
  attributes: [
    'Coverage at home',
    'Coverage when travelling',
    'Speed of mobile data',
    'Value for money',
    'Customer service',
    'Clarity of the bill',
    'Choice of handsets',
    'Roaming charges',
  ],
  reasons: [
    'Best price',
    'Best coverage where I live',
    'Recommended by family or friends',
    'Handset offer',
    'Bundled with broadband',
    'Already with the brand',
  ],
  spend: {
    text: 'How much was your last monthly bill, in pounds?',
    label: 'Last monthly bill in pounds',
    mean: 27,
    sd: 13,
    high: 150,
  },
  specific: [
    {
      text: 'Which kind of contract do you have?',
      label: 'Contract type',
      options: options(['Pay monthly with handset', 'SIM only', 'Pay as you go'], [44, 41, 15]),
      unsure: 0.02,
    },
    {
      text: 'For how long have you been with your main network?',
      label: 'Tenure with main network',
      options: options(['Less than 1 year', '1 to 2 years', '3 to 5 years', 'More than 5 years'], [17, 26, 28, 29]),
    },
    {
      text: 'Do you have 5G on your telephone?',
      label: '5G use',
      options: options(['Yes, and I use it', 'Yes, but not where I live', 'No'], [49, 19, 32]),
      unsure: 0.06,
    },
    {
      text: 'Did you contact customer service in the past six months?',
      label: 'Contact with customer service',
      options: options(['Yes, and it was solved', 'Yes, but it was not solved', 'No'], [23, 12, 65]),
    },
    {
      text: 'Which broadband do you have at home?',
      label: 'Home broadband',
      options: options(['From my mobile network', 'From another provider', 'No broadband at home'], [29, 64, 7]),
      unsure: 0.02,
    },
  ],
  things: [
    'the signal indoors',
    'the price rises',
    'the app',
    'the waiting time on the line',
    'roaming',
    'the data allowance',
  ],
  banner: (n) => [
    {
      name: 'Contract',
      columns: [
        { name: 'Pay monthly', definition: 'Q12=1' },
        { name: 'SIM only', definition: 'Q12=2' },
        { name: 'Pay as you go', definition: 'Q12=3' },
      ],
    },
    {
      name: 'Data use',
      columns: [
        { name: 'High', definition: `${n.usage}=1,2` },
        { name: 'Low', definition: `${n.usage}=3,4` },
      ],
    },
  ],
  doubtful: (n) => [
    {
      name: 'Customer segments',
      columns: [
        { name: 'Long-standing', definition: 'Q13=3,4' },
        { name: 'At risk', definition: 'Q9X=4,5' },
        { name: 'Pleased with coverage', definition: 'Q7r=6,7' },
        { name: 'Heavy users', definition: '50 GB or more of data' },
        { name: 'Premium', definition: 'from list: pay monthly contract tariffs' },
        { name: 'Business', definition: 'TBD' },
        { name: '5G under 35', definition: `Q14=1 AND ${n.age}=18-34` },
      ],
    },
  ],
};
