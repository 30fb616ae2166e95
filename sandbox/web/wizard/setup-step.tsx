import { ChartColumn, Layers, Shuffle } from 'lucide-react';
import { LongTextField, TextField } from '../ui/field.tsx';
import { type RadioCard, RadioCards } from '../ui/radio-cards.tsx';
import { SwitchRow } from '../ui/switch-row.tsx';
import type { Problems, WizardValues } from './values.ts';

interface SetupStepProps {
  values: WizardValues;
  problems: Problems;
  onChange: (part: Partial<WizardValues>) => void;
}

const projectTypes: readonly RadioCard<'standard' | 'segmentation' | 'maxdiff'>[] = [
  {
    value: 'standard',
    label: 'Standard',
    description: 'Crosstabs by banner',
    icon: <ChartColumn aria-hidden size={20} />,
  },
  {
    value: 'segmentation',
    label: 'Segmentation',
    description: 'Analysis by segment',
    icon: <Layers aria-hidden size={20} />,
  },
  {
    value: 'maxdiff',
    label: 'MaxDiff',
    description: 'Best-worst scaling',
    icon: <Shuffle aria-hidden size={20} />,
    unavailable: 'Coming Soon',
  },
];

const bannerModes: readonly RadioCard<WizardValues['bannerMode']>[] = [
  { value: 'upload', label: 'I have a banner plan', description: 'Upload it as PDF or Word document' },
  { value: 'auto_generate', label: 'Auto-generate for me', description: 'Cuts are made from the data' },
];

export function SetupStep({ values, problems, onChange }: SetupStepProps) {
  const upload = values.bannerMode === 'upload';
  return (
    <div className="form">
      <TextField
        label="Project Name"
        placeholder="e.g. Q4 Brand Tracker"
        value={values.projectName}
        error={problems.projectName}
        onChange={(projectName) => onChange({ projectName })}
      />
      <LongTextField
        label="Research Objectives (optional)"
        placeholder="What this study is to find out"
        value={values.researchObjectives}
        onChange={(researchObjectives) => onChange({ researchObjectives })}
      />
      <RadioCards
        title="Project Type"
        value={values.projectSubType}
        options={projectTypes}
        onChange={(chosen) => chosen !== 'maxdiff' && onChange({ projectSubType: chosen })}
      />
      {values.projectSubType === 'segmentation' && (
        <SwitchRow
          label="My data includes segment assignments"
          hint="A variable of the data file says which segment each respondent belongs to."
          checked={values.segmentAssignments}
          onChange={(segmentAssignments) => onChange({ segmentAssignments })}
        />
      )}
      <RadioCards
        title="Banner Plan"
        value={values.bannerMode}
        options={bannerModes}
        onChange={(bannerMode) => onChange({ bannerMode })}
      />
      <LongTextField
        label={upload ? 'Banner Notes (optional)' : 'Banner Hints (optional)'}
        placeholder={upload ? 'Anything special about the banner plan' : 'e.g. Gender, age groups, region'}
        value={values.bannerNotes}
        onChange={(bannerNotes) => onChange({ bannerNotes })}
      />
    </div>
  );
}
