/** Respondents: who they are and how they lean. Answers follow from it, so that the tables have something to find. */
import { ageBands, quotas } from './demographics.ts';
import type { Random } from './random.ts';

export interface Person {
  /** 0-based place in the file. */
  readonly index: number;
  readonly gender: number;
  readonly ageGroup: number;
  readonly region: number;
  readonly income: number;
  readonly education: number;
  readonly age: number;
  readonly weight: number;
  /** Age, being a woman, wealth, affinity to the category, ease with technology: each about −2…2. */
  readonly leanings: readonly number[];
}

export const leaningCount = 5;

/** Shares of the regions in the sample and in the population, varied by the seed. */
function regionQuota(random: Random, regions: number): { sample: number[]; target: number[] } {
  const target = Array.from({ length: regions }, () => 0.6 + random.float());
  const sample = target.map((share) => share * (0.75 + random.float() / 2));
  const normalise = (shares: number[]): number[] => {
    const sum = shares.reduce((a, b) => a + b, 0);
    return shares.map((share) => share / sum);
  };
  return { sample: normalise(sample), target: normalise(target) };
}

const band = (value: number, limits: readonly number[]): number => limits.filter((limit) => value > limit).length;

/**
 * An endless supply of respondents. The weight is target share over sample share, multiplied over gender, age group and
 * region as a rim weight would come out when these are independent: its mean is 1 but for sampling error.
 */
export function* people(random: Random, regions: number): Generator<Person, never> {
  const regionShares = regionQuota(random.fork('regions'), regions);
  const regionMood = Array.from({ length: regions }, () => random.normal() * 0.5);
  const quotient = (quota: { sample: readonly number[]; target: readonly number[] }, i: number): number =>
    (quota.target[i] ?? 1) / (quota.sample[i] ?? 1);
  for (let index = 0; ; index++) {
    const gender = random.weighted(quotas.gender.sample);
    const ageGroup = random.weighted(quotas.ageGroup.sample);
    const region = random.weighted(regionShares.sample);
    const [youngest, oldest] = ageBands[ageGroup] ?? [18, 84];
    const age = random.int(youngest, oldest);
    const ageLean = (age - 46) / 17;
    const wealth = random.normal() * 0.85 + (1 - Math.abs(ageLean - 0.1)) * 0.4;
    const affinity = random.normal() * 0.85 + (regionMood[region] ?? 0) + ageLean * 0.25;
    const tech = random.normal() * 0.8 - ageLean * 0.6;
    yield {
      index,
      gender,
      ageGroup,
      region,
      income: band(wealth + random.normal() * 0.4, [-0.8, -0.1, 0.6, 1.4]),
      education: band(wealth * 0.6 + tech * 0.2 + random.normal() * 0.7, [-0.7, 0.1, 0.9]),
      age,
      weight:
        Math.round(
          quotient(quotas.gender, gender) * quotient(quotas.ageGroup, ageGroup) * quotient(regionShares, region) * 1e4,
        ) / 1e4,
      leanings: [ageLean, gender === 1 ? 0.8 : -0.8, wealth, affinity, tech],
    };
  }
}
