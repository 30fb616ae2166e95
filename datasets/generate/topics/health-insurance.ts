import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const healthInsurance: Topic = {
  slug: 'health-insurance',
  title: 'Health insurance members 2026',
  language: 'en',
  regions: regionSets.us,
  thing: ['health insurer', 'health insurers'],
  brands: [
    'Alder Health',
    'BlueHaven',
    'CareWright',
    'Evergreen Mutual',
    'Harbor Plan',
    'Sycamore',
    'Unity Wellness',
    'Vantage Care',
    'Wellspring',
  ],
  usage: {
    text: 'How many times did you see a doctor in the past 12 months?',
    label: 'Doctor visits in past 12 months',
    options: options(['6 or more', '3 to 5', '1 or 2', 'None'], [19, 29, 37, 15]),
  },
  attributes: [
    'Choice of doctors',
    'Monthly premium',
    'Cost per visit',
    'Speed of claims',
    'Clarity of letters',
    'Telephone service',
    'Website and app',
    'Cover abroad',
  ],
  reasons: [
    'Employer chose it',
    'Lowest premium',
    'My doctor takes it',
    'Recommended by an adviser',
    'Good cover for the family',
    'Reputation',
  ],
  spend: {
    text: 'What is your monthly premium, in dollars?',
    label: 'Monthly premium in dollars',
    mean: 312,
    sd: 165,
    high: 1900,
  },
  specific: [
    {
      text: 'How do you get your health insurance?',
      label: 'Source of cover',
      options: options(
        ['Through an employer', 'Bought directly', 'Through the government', 'Through a family member'],
        [49, 16, 24, 11],
      ),
      unsure: 0.01,
    },
    {
      text: 'Which kind of plan do you have?',
      label: 'Plan type',
      options: options(['HMO', 'PPO', 'High deductible', 'Another kind'], [28, 39, 23, 10]),
      unsure: 0.11,
    },
    {
      text: 'Did you make a claim in the past 12 months?',
      label: 'Claim in past 12 months',
      options: options(['Yes, paid in full', 'Yes, paid in part', 'Yes, refused', 'No'], [28, 21, 6, 45]),
    },
    {
      text: 'In general, how is your health?',
      label: 'Self-rated health',
      options: options(['Poor', 'Fair', 'Good', 'Very good', 'Excellent'], [6, 17, 36, 28, 13]),
      unsure: 0.01,
    },
    {
      text: 'Have you used video consultations?',
      label: 'Video consultations',
      options: options(
        ['Yes, and I would again', 'Yes, but not again', 'No, but I would', 'No, and I would not'],
        [33, 9, 36, 22],
      ),
      unsure: 0.02,
    },
  ],
  things: [
    'the premium',
    'the claims',
    'the letters',
    'the waiting time on the telephone',
    'the list of doctors',
    'the app',
  ],
  banner: (n) => [
    {
      name: 'Source of cover',
      columns: [
        { name: 'Employer', definition: 'Q12=1' },
        { name: 'Direct', definition: 'Q12=2' },
        { name: 'Government', definition: 'Q12=3' },
        { name: 'Family', definition: 'Q12=4' },
      ],
    },
    {
      name: 'Claims',
      columns: [
        { name: 'Any claim', definition: 'Q14=1,2,3' },
        { name: 'No claim', definition: 'Q14=4' },
      ],
    },
    {
      name: 'Health',
      columns: [
        { name: 'Fair or poor', definition: 'Q15=1-2' },
        { name: 'Good or better', definition: 'Q15=3-5' },
      ],
    },
    {
      name: 'Older members',
      columns: [
        { name: '55+ frequent visits', definition: `${n.age}=55-84 AND ${n.usage}=1,2` },
        { name: '55+ few visits', definition: `${n.age}=55-84 AND ${n.usage}=3,4` },
      ],
    },
  ],
  doubtful: (n) => [
    {
      name: 'Risk',
      columns: [
        { name: 'Low income', definition: `${n.income}=1,2` },
        { name: 'At risk of leaving', definition: 'Q9b=4,5' },
        { name: 'Chronic conditions', definition: 'members in poor health with many doctor visits' },
        { name: 'Video users', definition: 'from list: video consultation codes' },
        { name: 'Fond of the app', definition: 'Q7r=6,7' },
        { name: 'New members', definition: '' },
      ],
    },
  ],
};
