import { type ComponentProps, type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** Drawn after the control, such as a unit. */
  unit?: string;
}

interface Wiring {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

/** Label, control, hint and error of one field, wired together. */
export function Field({
  label,
  hint,
  error,
  unit,
  children,
}: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div data-slot="form-item">
      <label data-slot="form-label" htmlFor={id}>
        {label}
      </label>
      <div className="field-control">
        {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error !== undefined })}
        {unit !== undefined && <span className="field-unit">{unit}</span>}
      </div>
      {hint !== undefined && (
        <p data-slot="form-description" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p data-slot="form-message" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

export function Input(props: ComponentProps<'input'>) {
  return <input data-slot="input" autoComplete="off" {...props} />;
}

export function Textarea(props: ComponentProps<'textarea'>) {
  return <textarea data-slot="textarea" rows={3} {...props} />;
}

export function TextField({
  value,
  onChange,
  placeholder,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void; placeholder?: string }) {
  return (
    <Field {...field}>
      {(wiring) => (
        <Input {...wiring} value={value} placeholder={placeholder} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

export function LongTextField({
  value,
  onChange,
  placeholder,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void; placeholder?: string }) {
  return (
    <Field {...field}>
      {(wiring) => (
        <Textarea
          {...wiring}
          value={value}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Keeps the text as typed, so that an emptied box is an empty box and not a nought. */
export function NumberField({
  value,
  onChange,
  min,
  max,
  ...field
}: FieldProps & { value: string; onChange: (value: string) => void; min: number; max?: number }) {
  return (
    <Field {...field}>
      {(wiring) => (
        <Input
          {...wiring}
          type="number"
          className="number"
          min={min}
          max={max}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
