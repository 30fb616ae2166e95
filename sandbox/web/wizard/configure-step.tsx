import { Field, NumberField } from '../ui/field.tsx';
import { type RadioCard, RadioCards } from '../ui/radio-cards.tsx';
import { Select } from '../ui/select.tsx';
import { SwitchRow } from '../ui/switch-row.tsx';
import { ThemePicker } from './theme-picker.tsx';
import type { Validation } from './use-validation.ts';
import type { Problems, WizardValues } from './values.ts';

interface ConfigureStepProps {
  values: WizardValues;
  problems: Problems;
  validation: Validation;
  onChange: (part: Partial<WizardValues>) => void;
}

/** The select knows no empty value. */
const unweighted = ' none';

export const displayModes: readonly RadioCard<WizardValues['displayMode']>[] = [
  { value: 'frequency', label: 'Percentages', description: 'Of each column' },
  { value: 'counts', label: 'Counts', description: 'Number of answers' },
  { value: 'both', label: 'Both', description: 'In one or two workbooks' },
];

export function ConfigureStep({ values, problems, validation, onChange }: ConfigureStepProps) {
  const candidates = validation.state === 'validated' ? validation.result.weightCandidates : [];
  return (
    <div className="form">
      <RadioCards
        title="Display Mode"
        value={values.displayMode}
        options={displayModes}
        onChange={(displayMode) => onChange({ displayMode })}
      />
      {values.displayMode === 'both' && (
        <SwitchRow
          label="Separate workbooks"
          hint="One file for percentages, another for counts."
          checked={values.separateWorkbooks}
          onChange={(separateWorkbooks) => onChange({ separateWorkbooks })}
        />
      )}
      <ThemePicker value={values.theme} onChange={(theme) => onChange({ theme })} />
      <div className="pair">
        <NumberField
          label="Significance Threshold"
          hint="Confidence level of the tests between columns."
          unit="%"
          min={50}
          max={99}
          value={values.significance}
          error={problems.significance}
          onChange={(significance) => onChange({ significance })}
        />
        <NumberField
          label="Minimum Base Size"
          hint="Smaller columns are not tested. 0 tests all."
          unit="respondents"
          min={0}
          value={values.minBase}
          error={problems.minBase}
          onChange={(minBase) => onChange({ minBase })}
        />
      </div>
      <Field
        label="Weight Variable"
        hint={candidates.length > 0 ? 'Found in your data.' : 'No weight was found in your data.'}
      >
        {({ id, 'aria-describedby': describedBy }) => (
          <Select
            id={id}
            aria-describedby={describedBy}
            value={values.weightVariable ?? unweighted}
            onChange={(chosen) => onChange({ weightVariable: chosen === unweighted ? null : chosen })}
            options={[
              { value: unweighted, label: 'None (unweighted)' },
              ...candidates.map((candidate) => ({
                value: candidate.column,
                label: [candidate.column, candidate.label].filter(Boolean).join(' — '),
              })),
            ]}
          />
        )}
      </Field>
    </div>
  );
}
