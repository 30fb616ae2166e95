/** Through the wizard: from a name to a run that the product has accepted. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError, type Analyst, type Refusal, type Validation } from '../../fixtures/test.ts';
import { knownOf } from './known.ts';

export type Launched =
  | {
      readonly accepted: true;
      readonly projectId: string;
      readonly productRunId: string;
      readonly acceptedAt: number;
      /** The click that launched it, by the page's clock. */
      readonly launchedAt: number | undefined;
      readonly weight: string | undefined;
    }
  | Refusal;

/** @returns the accepted run, or the refusal when the product's rate limit outlasted the analyst's patience. */
export async function launchProject(analyst: Analyst): Promise<Launched> {
  const { wizard, bundle, choices, files } = analyst;
  await analyst.pause();
  await analyst.step('open-wizard', async () => {
    await analyst.shell.toNewProject();
    await wizard.isShown();
  });
  await analyst.pause();
  await analyst.step('name-project', () =>
    wizard.describe(analyst.projectName, { hasBanner: files.banner !== undefined, objectives: analyst.marker }),
  );
  await analyst.pause();
  await analyst.step('upload', () => wizard.upload(files));
  const patience = patienceOf(analyst);
  let seen = await analyst.step('validate', () => wizard.validated());
  while (!seen.accepted) {
    if (!(await patience.outlasts(seen))) return seen;
    await analyst.step('upload', () => wizard.uploadAgain(files));
    seen = await analyst.step('validate', () => wizard.validated());
  }
  const weighted = await decideWeight(analyst, seen);
  await analyst.pause();
  const weight = await analyst.step('configure', async () => {
    await wizard.toConfiguration();
    const shown = await wizard.weightShown();
    const known = knownOf(analyst);
    const weight = weighted ? (known ? known.weight : nameIn(shown)) : undefined;
    if (!shown.includes(weight ?? 'None'))
      throw new PlainError(
        `The wizard does not show the weight that was decided for ${bundle.name}.`,
        `It shows "${shown}" instead of "${weight ?? 'None'}".`,
      );
    await wizard.configure(choices);
    return weight;
  });
  await analyst.pause();
  return launchUntilAccepted(analyst, weight);
}

/** The variable that the third step shows as the weight, with its label behind it; undefined when it shows none. */
function nameIn(shown: string): string | undefined {
  return shown.startsWith('None') ? undefined : /^[^\s(]+/.exec(shown)?.[0];
}

/** Compares what the product read in the data file with what is known of it, and decides about a weight; returns whether one is used. */
async function decideWeight(analyst: Analyst, seen: Validation): Promise<boolean> {
  const { wizard, bundle, choices } = analyst;
  const known = knownOf(analyst);
  const facts: (readonly [string, unknown, unknown])[] = [
    ['respondents', seen.respondents, bundle.respondents],
    ['variables', seen.variables, bundle.variables],
  ];
  if (known)
    facts.push(
      ['a detected weight', seen.weightDetected, known.weight !== undefined],
      ['detected loops', seen.loopsDetected, known.loops],
    );
  const wrong = facts.filter(([, shown, right]) => shown !== right);
  if (wrong.length > 0)
    throw new PlainError(
      `The wizard misread ${bundle.name}: ${wrong.map(([what, shown, right]) => `${what}: ${String(shown)} instead of ${String(right)}`).join('; ')}.`,
    );
  if (!seen.weightDetected) return false;
  await wizard.decideWeight(choices.useWeight);
  return choices.useWeight;
}

async function launchUntilAccepted(analyst: Analyst, weight: string | undefined): Promise<Launched> {
  const { journal, projectName: project } = analyst;
  const patience = patienceOf(analyst);
  for (;;) {
    await journal.append({
      type: 'intended',
      project,
      bundle: analyst.bundle.name,
      organization: analyst.account.organization,
    });
    const answer = await analyst.step('launch', () => analyst.wizard.launch());
    if (answer.accepted) {
      const launchedAt = await analyst.telemetry.interactedAt(analyst.page);
      await journal.append({
        type: 'acknowledged',
        project,
        projectId: answer.projectId,
        productRunId: answer.productRunId,
      });
      return { ...answer, acceptedAt: Date.now(), launchedAt, weight };
    }
    await journal.append({ type: 'refused', project, status: answer.status, message: answer.message });
    if (answer.status !== 429)
      throw new PlainError(`The product refused the launch of "${project}" with ${answer.status}:`, answer.message);
    if (!(await patience.outlasts(answer))) return answer;
  }
}

/** The analyst's patience with the product's rate limit, from now on. */
function patienceOf(analyst: Analyst): { outlasts(refusal: Refusal): Promise<boolean> } {
  const endsAt = Date.now() + analyst.deadlines.rateLimitMs;
  return {
    /** Waits as long as the product asks, a second when it does not say; or says at once that this is too long. */
    async outlasts({ retryAfterS = 1 }) {
      const waitMs = retryAfterS * 1000;
      if (Date.now() + waitMs > endsAt) return false;
      await analyst.step('wait-for-rate-limit', () => sleep(waitMs));
      return true;
    },
  };
}
