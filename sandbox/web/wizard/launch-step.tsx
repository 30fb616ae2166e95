import { ChevronDown } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import { count } from '../lib/format.ts';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { Facts } from '../ui/facts.tsx';
import { displayModes } from './configure-step.tsx';
import { themeNames } from './theme-picker.tsx';
import type { Validation } from './use-validation.ts';
import type { WizardFiles, WizardValues } from './values.ts';

interface LaunchStepProps {
  values: WizardValues;
  files: WizardFiles;
  validation: Validation;
}

/** All that was chosen, to be read once more. */
export function LaunchStep({ values, files, validation }: LaunchStepProps) {
  return (
    <div className="form">
      <Summary title="Project" facts={projectFacts(values)} />
      <Summary title="Files" facts={fileFacts(values, files, validation)} />
      <Summary title="Configuration" facts={configurationFacts(values)} />
      <Collapsible.Root>
        <Card>
          <Collapsible.Trigger className="collapsible-trigger">
            Statistical Assumptions
            <ChevronDown aria-hidden size={16} />
          </Collapsible.Trigger>
          <Collapsible.Content>
            <CardContent>
              <Facts
                facts={[
                  ['Test', 'Two-proportion z-test, two-sided'],
                  ['Compared', 'Columns of one banner group with each other'],
                  ['Confidence', `${values.significance}%`],
                  ['Weighted data', 'Effective base'],
                ]}
              />
            </CardContent>
          </Collapsible.Content>
        </Card>
      </Collapsible.Root>
    </div>
  );
}

type FactList = [string, string][];

function Summary({ title, facts }: { title: string; facts: FactList }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>{title}</CardTitle>
      </CardHeader>
      <CardContent>
        <Facts facts={facts} />
      </CardContent>
    </Card>
  );
}

function projectFacts(values: WizardValues): FactList {
  const segmentation = values.projectSubType === 'segmentation';
  const type = segmentation ? `Segmentation${values.segmentAssignments ? ', with assignments' : ''}` : 'Standard';
  const facts: FactList = [
    ['Name', values.projectName],
    ['Type', type],
    ['Banner', values.bannerMode === 'upload' ? 'Uploaded banner plan' : 'Auto-generated'],
  ];
  if (values.researchObjectives) facts.push(['Objectives', values.researchObjectives]);
  if (values.bannerNotes)
    facts.push([values.bannerMode === 'upload' ? 'Banner notes' : 'Banner hints', values.bannerNotes]);
  return facts;
}

function fileFacts(values: WizardValues, files: WizardFiles, validation: Validation): FactList {
  const facts: FactList = [
    ['Data file', files.dataFile?.name ?? '–'],
    ['Survey document', files.surveyDocument?.name ?? '–'],
  ];
  if (values.bannerMode === 'upload') facts.push(['Banner plan', files.bannerPlan?.name ?? '–']);
  if (validation.state === 'validated') {
    facts.push(['Respondents', count(validation.result.rowCount)], ['Variables', count(validation.result.columnCount)]);
  }
  return facts;
}

function configurationFacts(values: WizardValues): FactList {
  const facts: FactList = [
    ['Display mode', displayModes.find((mode) => mode.value === values.displayMode)?.label ?? values.displayMode],
  ];
  if (values.displayMode === 'both') facts.push(['Workbooks', values.separateWorkbooks ? 'Separate' : 'One']);
  facts.push(
    ['Color theme', themeNames[values.theme].name],
    ['Significance', `${values.significance}%`],
    ['Minimum base', Number(values.minBase) === 0 ? 'None' : values.minBase],
    ['Weight', values.weightVariable ?? 'None (unweighted)'],
  );
  return facts;
}
