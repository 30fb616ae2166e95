import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const streaming: Topic = {
  slug: 'streaming-habits',
  title: 'Video streaming habits and churn',
  language: 'en',
  regions: regionSets.us,
  thing: ['streaming service', 'streaming services'],
  brands: [
    'Lumen+',
    'Parade',
    'Nine Reels',
    'Homeroom TV',
    'Cinder',
    'Sundial',
    'Playbill Go',
    'StreamNest',
    'Tidewater',
  ],
  usage: {
    text: 'On a usual day, for how long do you watch streaming services?',
    label: 'Daily viewing time',
    options: options(['More than 4 hours', '2 to 4 hours', '1 to 2 hours', 'Less than 1 hour'], [15, 31, 33, 21]),
  },
  attributes: [
    'Choice of films',
    'Choice of series',
    'Live sport',
    'Recommendations',
    'Picture quality',
    'Price',
    'Ease of cancelling',
    'Absence of advertising',
  ],
  reasons: [
    'A series that I wanted to see',
    'Free trial',
    'Part of another contract',
    'For the children',
    'Live sport',
    'Lower price than others',
    'Recommended by friends',
  ],
  spend: {
    text: 'How much do you pay for streaming in a month, in dollars, all services together?',
    label: 'Monthly spend on streaming in dollars',
    mean: 31,
    sd: 17,
    high: 160,
  },
  specific: [
    {
      text: 'Do you see advertising on your main service?',
      label: 'Advertising tier',
      options: options(['Yes, I chose the cheaper tier', 'Yes, there is no other', 'No'], [34, 12, 54]),
      unsure: 0.04,
    },
    {
      text: 'Have you cancelled any streaming service in the past year?',
      label: 'Cancelled in past year',
      options: options(['Yes, more than one', 'Yes, one', 'No'], [16, 29, 55]),
    },
    {
      text: 'On which device do you watch most?',
      label: 'Main viewing device',
      options: options(['Television', 'Telephone', 'Tablet', 'Computer'], [61, 17, 9, 13]),
    },
    {
      text: 'Do you share an account with another household?',
      label: 'Account sharing',
      options: options(['Yes, mine', "Yes, somebody else's", 'No'], [14, 18, 68]),
      unsure: 0.03,
    },
    {
      text: 'Which kind of programme do you watch most?',
      label: 'Favourite kind of programme',
      options: options(
        ['Drama', 'Comedy', 'Films', 'Sport', 'Documentaries', 'For children', 'Reality'],
        [27, 18, 19, 13, 10, 7, 6],
      ),
      unsure: 0.01,
    },
  ],
  things: [
    'the price',
    'the advertising',
    'the recommendations',
    'the series that disappear',
    'the search',
    'the picture quality',
  ],
  banner: (n) => [
    {
      name: 'Viewing',
      columns: [
        { name: 'Heavy', definition: `${n.usage}=1` },
        { name: 'Medium', definition: `${n.usage}=2,3` },
        { name: 'Light', definition: `${n.usage}=4` },
      ],
    },
    {
      name: 'Churn',
      columns: [
        { name: 'Cancelled any', definition: 'Q13=1,2' },
        { name: 'Loyal', definition: 'Q13=3' },
        { name: 'Young and cancelled', definition: `${n.age}=18-34 AND Q13=1,2` },
      ],
    },
  ],
  doubtful: () => [
    {
      name: 'Viewer types',
      columns: [
        { name: 'Ad tier', definition: 'Q12=1,2' },
        { name: 'Binge watchers', definition: 'watch more than 4 hours' },
        { name: 'Sports fans', definition: 'from list: live sport packages' },
        { name: 'Sharers', definition: 'Q15b=1,2' },
        { name: 'Pleased with price', definition: 'Q7s=6,7' },
        { name: 'Second screeners', definition: 'see screener' },
        { name: 'To be confirmed', definition: 'TBD' },
      ],
    },
  ],
};
