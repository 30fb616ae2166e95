import { regionSets } from '../demographics.ts';
import { options } from '../scales.ts';
import type { Topic } from '../topic.ts';

export const homeEnergy: Topic = {
  slug: 'home-energy',
  title: 'Home energy supplier survey',
  language: 'en',
  regions: regionSets.uk,
  thing: ['energy supplier', 'energy suppliers'],
  brands: ['Beacon Energy', 'Fenwick Power', 'Greenhearth', 'Ohm & Co', 'Tideline'],
  usage: {
    text: 'How often do you look at how much energy you use?',
    label: 'Attention to energy use',
    options: options(
      ['Every day', 'About once a week', 'About once a month', 'Only when the bill comes'],
      [17, 24, 26, 33],
    ),
  },
  attributes: [
    'Accuracy of bills',
    'Price',
    'Telephone service',
    'App',
    'Advice on saving energy',
    'Handling of house moves',
  ],
  reasons: [
    'Cheapest tariff',
    'Green electricity',
    'Came with the house',
    'Recommended by friends',
    'Fixed price',
    'Local company',
  ],
  spend: {
    text: 'How much was your last monthly bill, in pounds?',
    label: 'Last monthly energy bill in pounds',
    mean: 142,
    sd: 61,
    high: 900,
  },
  specific: [
    {
      text: 'Do you own or rent your home?',
      label: 'Housing tenure',
      options: options(
        ['Own outright', 'Own with a mortgage', 'Rent privately', 'Rent from council or association'],
        [33, 30, 20, 17],
      ),
      unsure: 0.01,
    },
    {
      text: 'How is your home mainly heated?',
      label: 'Main heating',
      options: options(['Gas', 'Electricity', 'Oil', 'Heat pump', 'Other'], [72, 13, 6, 5, 4]),
      unsure: 0.02,
    },
    {
      text: 'Do you have a smart meter?',
      label: 'Smart meter',
      options: options(['Yes, and it works', 'Yes, but it does not work', 'No'], [54, 9, 37]),
      unsure: 0.03,
    },
    {
      text: 'Have you changed supplier in the past two years?',
      label: 'Changed supplier',
      options: options(['Yes', 'No'], [29, 71]),
      unsure: 0.02,
    },
  ],
  things: ['the estimated bills', 'the price', 'the smart meter', 'the waiting time', 'the direct debit', 'the app'],
  banner: () => [
    {
      name: 'Tenure',
      columns: [
        { name: 'Owners', definition: 'Q12=1,2' },
        { name: 'Renters', definition: 'Q12=3,4' },
      ],
    },
    {
      name: 'Smart meter',
      columns: [
        { name: 'Has one', definition: 'Q14=1,2' },
        { name: 'None', definition: 'Q14=3' },
      ],
    },
  ],
  doubtful: (n) => [
    {
      name: 'Households',
      columns: [
        { name: 'Fuel poor', definition: 'households that rent from a council' },
        { name: 'Low income', definition: `${n.income}x=1,2` },
        { name: 'Pilot area', definition: 'TBD' },
      ],
    },
  ],
};
