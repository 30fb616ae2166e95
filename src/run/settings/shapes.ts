/** The shapes that settings can have: each reads a text and complains in words that complete the sentence "NAME is …: it …". */
import { z } from 'zod';

export const text = z.string().trim();
export const optionalText = text.transform((value) => (value === '' ? undefined : value));
export const list = text.transform((value) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

export function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  const sentence = `must be a whole number from ${least} to ${most}`;
  return text
    .regex(/^-?\d+$/, sentence)
    .transform(Number)
    .refine((value) => value >= least && value <= most, sentence);
}

export function duration(least: number): z.ZodType<number, string> {
  const sentence = `must be a number of at least ${least}`;
  return text
    .regex(/^\d+(\.\d+)?$/, sentence)
    .transform(Number)
    .refine((value) => value >= least && Number.isFinite(value), sentence);
}

/** As `duration`; what is empty says nothing. */
export function optionalDuration(least: number): z.ZodType<number | undefined, string> {
  return optionalText.pipe(
    z.union([z.undefined(), duration(least)], `must be a number of at least ${least}, or empty`),
  );
}

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** Such as 2560x1440; what is empty says nothing. */
export const optionalPixelSize: z.ZodType<PixelSize | undefined, string> = text.transform((value, context) => {
  if (value === '') return undefined;
  const [, width, height] = /^(\d{3,5})\s*[x×]\s*(\d{3,5})$/i.exec(value) ?? [];
  if (width !== undefined && height !== undefined) return { width: Number(width), height: Number(height) };
  context.addIssue({ code: 'custom', message: 'must be the width and the height in pixels, such as 2560x1440' });
  return z.NEVER;
});

export function share(): z.ZodType<number, string> {
  const sentence = 'must be a share from 0 to 1, such as 0.25';
  return text
    .regex(/^\d*\.?\d+$/, sentence)
    .transform(Number)
    .refine((value) => value <= 1, sentence);
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T): z.ZodType<T[number], string> {
  return text.pipe(z.enum(values, `must be one of ${values.join(', ')}`));
}

export const address = text.transform((value, context) => {
  if (value === '') return undefined;
  if (/^https?:\/\//.test(value) && URL.canParse(value)) {
    const { username, password } = new URL(value);
    if (username === '' && password === '') return value.replace(/\/+$/, '');
    context.addIssue({
      code: 'custom',
      message: 'must not hold a user name or a password, for addresses are written to the results',
    });
    return z.NEVER;
  }
  context.addIssue({ code: 'custom', message: 'must be an address such as https://staging.example.org' });
  return z.NEVER;
});

export interface Entry<T> {
  readonly fallback: string;
  readonly meaning: string;
  readonly schema: z.ZodType<T, string>;
  /** Never written to results, reports or the console. */
  readonly secret?: true;
}

export function entry<T>(fallback: string, meaning: string, schema: z.ZodType<T, string>, secret?: true): Entry<T> {
  return secret ? { fallback, meaning, schema, secret } : { fallback, meaning, schema };
}
