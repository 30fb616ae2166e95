/** What the product answers to the wizard's requests, as the page itself got it. */
import type { Response } from '@playwright/test';

/** A request that the product did not take up. */
export interface Refusal {
  readonly accepted: false;
  readonly status: number;
  readonly message: string;
  /** Seconds; undefined when the product does not say. */
  readonly retryAfterS: number | undefined;
}

export type LaunchAnswer =
  { readonly accepted: true; readonly projectId: string; readonly productRunId: string } | Refusal;

export const isValidation = answersTo('/api/validate-data');
export const isLaunch = answersTo('/api/projects/launch');

function answersTo(path: string): (response: Response) => boolean {
  return (response) => new URL(response.url()).pathname === path && response.request().method() === 'POST';
}

/** What a refusal says of itself. */
export async function refusalIn(response: Response): Promise<Refusal> {
  const { error = 'no message' } = (await response.json()) as { error?: string };
  const retryAfter = Number(response.headers()['retry-after']);
  return {
    accepted: false,
    status: response.status(),
    message: error,
    retryAfterS: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
  };
}

export async function isStacked(response: Response): Promise<boolean> {
  return response.ok() && ((await response.json()) as { isStacked?: boolean }).isStacked === true;
}

/** Why a data file may not be used, in the product's own words; none when it may. */
export async function complaintsIn(response: Response): Promise<string[]> {
  const body = (await response.json()) as {
    error?: string;
    canProceed?: boolean;
    isStacked?: boolean;
    stackedWarning?: string | null;
    errors?: readonly { message: string }[];
  };
  if (!response.ok()) return [body.error ?? 'no message'];
  if (body.isStacked === true) return [body.stackedWarning ?? 'Stacked data detected'];
  if (body.canProceed !== false) return [];
  const messages = (body.errors ?? []).map(({ message }) => message);
  return messages.length > 0 ? messages : ['it cannot proceed'];
}
