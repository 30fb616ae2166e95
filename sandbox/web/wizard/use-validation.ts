import { useEffect, useState } from 'react';
import type { ValidationResult } from '../../contract.ts';
import { callApi, messageOf } from '../lib/api.ts';

export type Validation =
  | { state: 'idle' }
  | { state: 'validating' }
  | { state: 'failed'; message: string }
  | { state: 'validated'; result: ValidationResult };

/**
 * Sends the data file for validation as soon as it is chosen. Choosing another aborts the request under way; its answer
 * can then no longer be mistaken for the new file's.
 */
export function useValidation(file: File | null, onValidated: (result: ValidationResult) => void): Validation {
  const [settled, setSettled] = useState<{ file: File; validation: Validation }>();

  useEffect(() => {
    if (!file) return;
    const controller = new AbortController();
    const settle = (validation: Validation) => {
      if (!controller.signal.aborted) setSettled({ file, validation });
    };
    validate(file, controller.signal).then(
      (result) => {
        if (!controller.signal.aborted) onValidated(result);
        settle({ state: 'validated', result });
      },
      (error: unknown) => settle({ state: 'failed', message: messageOf(error) }),
    );
    return () => controller.abort();
  }, [file, onValidated]);

  if (!file) return { state: 'idle' };
  return settled?.file === file ? settled.validation : { state: 'validating' };
}

function validate(file: File, signal: AbortSignal): Promise<ValidationResult> {
  const body = new FormData();
  body.append('dataFile', file);
  return callApi<ValidationResult>('/api/validate-data', { method: 'POST', body, signal }, 'Validation failed');
}
