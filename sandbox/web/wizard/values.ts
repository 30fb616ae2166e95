import type { ProjectConfig, Theme } from '../../contract.ts';

/** What the wizard's form holds. Numbers stay text while they are typed. */
export interface WizardValues {
  projectName: string;
  researchObjectives: string;
  projectSubType: ProjectConfig['projectSubType'];
  segmentAssignments: boolean;
  bannerMode: ProjectConfig['bannerMode'];
  bannerNotes: string;
  displayMode: ProjectConfig['displayMode'];
  separateWorkbooks: boolean;
  theme: Theme;
  significance: string;
  minBase: string;
  weightVariable: string | null;
}

export const initialValues: WizardValues = {
  projectName: '',
  researchObjectives: '',
  projectSubType: 'standard',
  segmentAssignments: false,
  bannerMode: 'upload',
  bannerNotes: '',
  displayMode: 'frequency',
  separateWorkbooks: false,
  theme: 'classic',
  significance: '90',
  minBase: '0',
  weightVariable: null,
};

export interface WizardFiles {
  dataFile: File | null;
  surveyDocument: File | null;
  bannerPlan: File | null;
}

export type Problems = Partial<Record<'projectName' | 'significance' | 'minBase', string>>;

/** What is wrong with the first step. */
export function problemsOfSetup(values: WizardValues): Problems {
  return values.projectName.trim() ? {} : { projectName: 'Project name is required' };
}

/** What is wrong with the third step. */
export function problemsOfConfiguration(values: WizardValues): Problems {
  const significance = problemOfNumber(values.significance, 50, 99);
  const minBase = problemOfNumber(values.minBase, 0, Number.MAX_SAFE_INTEGER);
  return { ...(significance && { significance }), ...(minBase && { minBase }) };
}

function problemOfNumber(text: string, min: number, max: number): string | undefined {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) return 'Please enter a number';
  if (value < min) return `Number must be greater than or equal to ${min}`;
  if (value > max) return `Number must be less than or equal to ${max}`;
  return undefined;
}

/** The `config` part of a launch. Valid values are presumed. */
export function toConfig(values: WizardValues): ProjectConfig {
  return {
    projectSubType: values.projectSubType,
    segmentAssignments: values.projectSubType === 'segmentation' && values.segmentAssignments,
    bannerMode: values.bannerMode,
    researchObjectives: values.researchObjectives,
    bannerNotes: values.bannerNotes,
    format: 'joe',
    displayMode: values.displayMode,
    separateWorkbooks: values.displayMode === 'both' && values.separateWorkbooks,
    theme: values.theme,
    statTesting: { thresholds: [Number(values.significance)], minBase: Math.round(Number(values.minBase)) },
    weightVariable: values.weightVariable,
  };
}
