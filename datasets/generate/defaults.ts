/** The bundles that come with the project, from small to large. */
import type { Recipe } from './recipe.ts';
import { airline } from './topics/airline.ts';
import { banking } from './topics/banking.ts';
import { coffee } from './topics/coffee.ts';
import { electricVehicles } from './topics/electric-vehicles.ts';
import { grocery } from './topics/grocery.ts';
import { healthInsurance } from './topics/health-insurance.ts';
import { homeEnergy } from './topics/home-energy.ts';
import { motorInsuranceFr } from './topics/motor-insurance-fr.ts';
import { streaming } from './topics/streaming.ts';
import { telecom } from './topics/telecom.ts';
import type { Topic } from './topic.ts';

export const topics: readonly Topic[] = [
  coffee,
  telecom,
  banking,
  streaming,
  airline,
  grocery,
  electricVehicles,
  healthInsurance,
  motorInsuranceFr,
  homeEnergy,
];

const usual = {
  writtenBy: 'muster',
  compression: 'bytecode',
  encoding: 'UTF-8',
  naming: 'codes',
  survey: 'docx',
  review: false,
} as const;

export const defaultRecipes: readonly Recipe[] = [
  { ...usual, name: 'coffee-loyalty', topic: coffee, seed: 101, respondents: 480, imageBrands: 0, banner: 'docx' },
  {
    ...usual,
    name: 'mobile-networks',
    topic: telecom,
    seed: 102,
    respondents: 900,
    imageBrands: 1,
    weight: { name: 'weight', active: false },
    survey: 'pdf',
    banner: 'docx',
    review: true,
    naming: 'words',
  },
  {
    ...usual,
    name: 'banking-app',
    topic: banking,
    seed: 103,
    respondents: 700,
    imageBrands: 1,
    weight: { name: 'wtvar', active: false },
    banner: 'docx',
    writtenBy: 'pspp',
    naming: 'words',
  },
  {
    ...usual,
    name: 'assurance-auto',
    topic: motorInsuranceFr,
    seed: 104,
    respondents: 640,
    imageBrands: 1,
    weight: { name: 'weight', active: false },
    encoding: 'windows-1252',
    survey: 'docx',
    banner: 'pdf',
  },
  {
    ...usual,
    name: 'home-energy',
    topic: homeEnergy,
    seed: 105,
    respondents: 560,
    imageBrands: 0,
    survey: 'pdf',
    naming: 'words',
  },
  {
    ...usual,
    name: 'airline-trips',
    topic: airline,
    seed: 106,
    respondents: 1_000,
    imageBrands: 2,
    survey: 'docx',
    banner: 'pdf',
    review: true,
  },
  {
    ...usual,
    name: 'grocery-delivery',
    topic: grocery,
    seed: 107,
    respondents: 600,
    imageBrands: 2,
    weight: { name: 'final_weight', active: true },
    compression: 'none',
    survey: 'pdf',
  },
  {
    ...usual,
    name: 'ev-intent',
    topic: electricVehicles,
    seed: 108,
    respondents: 1_250,
    imageBrands: 3,
    compression: 'zlib',
    writtenBy: 'pspp',
    survey: 'docx',
    banner: 'pdf',
    review: true,
    naming: 'words',
  },
  {
    ...usual,
    name: 'streaming-habits',
    topic: streaming,
    seed: 109,
    respondents: 2_400,
    imageBrands: 4,
    weight: { name: 'wt', active: false },
    compression: 'zlib',
    survey: 'pdf',
    banner: 'pdf',
    review: true,
  },
  {
    ...usual,
    name: 'health-insurance',
    topic: healthInsurance,
    seed: 110,
    respondents: 8_000,
    imageBrands: 8,
    weight: { name: 'weight', active: true },
    survey: 'pdf',
    banner: 'docx',
    review: true,
    naming: 'words',
  },
];
