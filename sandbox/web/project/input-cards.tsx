import type { ProjectConfig, ProjectRow } from '../../contract.ts';
import { Card, CardContent, CardHeader, CardTitle } from '../ui/card.tsx';
import { Facts } from '../ui/facts.tsx';
import { displayModes } from '../wizard/configure-step.tsx';
import { themeNames } from '../wizard/theme-picker.tsx';

export function InputFilesCard({ intake }: { intake: ProjectRow['intake'] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Input Files</CardTitle>
      </CardHeader>
      <CardContent>
        <Facts
          facts={[
            ['Data file', intake.dataFile ?? 'None'],
            ['Survey document', intake.survey ?? 'None'],
            ['Banner plan', intake.bannerPlan ?? (intake.bannerMode === 'auto_generate' ? 'Auto-generated' : 'None')],
          ]}
        />
      </CardContent>
    </Card>
  );
}

export function ConfigurationCard({ config }: { config: ProjectConfig }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Configuration</CardTitle>
      </CardHeader>
      <CardContent>
        <Facts
          facts={[
            ['Project type', config.projectSubType === 'segmentation' ? 'Segmentation' : 'Standard'],
            [
              'Display mode',
              displayModes.find((mode) => mode.value === config.displayMode)?.label ?? config.displayMode,
            ],
            ['Color theme', themeNames[config.theme].name],
            ['Significance', config.statTesting.thresholds.map((threshold) => `${threshold}%`).join(', ')],
            ['Minimum base', String(config.statTesting.minBase)],
            ['Weight', config.weightVariable ?? 'None'],
          ]}
        />
      </CardContent>
    </Card>
  );
}
