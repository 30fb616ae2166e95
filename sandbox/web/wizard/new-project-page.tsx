import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import type { ValidationResult } from '../../contract.ts';
import { messageOf } from '../lib/api.ts';
import { Breadcrumbs } from '../ui/breadcrumbs.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { ConfigureStep } from './configure-step.tsx';
import { launch } from './launch.ts';
import { LaunchStep } from './launch-step.tsx';
import { SetupStep } from './setup-step.tsx';
import { UploadStep } from './upload-step.tsx';
import { useValidation, type Validation } from './use-validation.ts';
import {
  initialValues,
  type Problems,
  problemsOfConfiguration,
  problemsOfSetup,
  type WizardFiles,
  type WizardValues,
} from './values.ts';
import { WizardFrame } from './wizard-frame.tsx';

const noFiles: WizardFiles = { dataFile: null, surveyDocument: null, bannerPlan: null };
const lastStep = 4;

export function NewProjectPage() {
  const navigate = useNavigate();
  const [step, setStep] = useState(1);
  const [values, setValues] = useState(initialValues);
  const [files, setFiles] = useState(noFiles);
  const [problems, setProblems] = useState<Problems>({});
  const [launching, setLaunching] = useState(false);

  // The best candidate is chosen for the person until she says otherwise; another data file has other candidates.
  const proposeWeight = useCallback((result: ValidationResult) => {
    setValues((old) => ({ ...old, weightVariable: result.weightCandidates[0]?.column ?? null }));
  }, []);
  const validation = useValidation(files.dataFile, proposeWeight);

  const change = (part: Partial<WizardValues>) => {
    const next = { ...values, ...part };
    setValues(next);
    if (next.bannerMode !== 'upload' && files.bannerPlan) setFiles({ ...files, bannerPlan: null });
    if (Object.keys(problems).length > 0) setProblems(problemsOfStep(step, next));
  };

  const goOn = async () => {
    const found = problemsOfStep(step, values);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    if (step < lastStep) return go(step + 1);
    setLaunching(true);
    try {
      const projectId = await launch(values, files);
      toast.success('Pipeline started', { description: 'Tracking progress on the project page.' });
      await navigate(`/projects/${encodeURIComponent(projectId)}`);
    } catch (error) {
      toast.error('Launch failed', { description: messageOf(error) });
    } finally {
      setLaunching(false);
    }
  };

  const go = (to: number) => {
    setStep(to);
    window.scrollTo({ top: 0 });
  };

  return (
    <div>
      <Breadcrumbs trail={[{ label: 'Dashboard', href: '/dashboard' }, { label: 'New Project' }]} />
      <div className="column">
        <PageHeader title="New Project" description="Name it, upload the data, choose how tables look, launch." />
        <form onSubmit={(event) => event.preventDefault()}>
          <WizardFrame
            step={step}
            launching={launching}
            nextDisabled={step === 2 && !readyToConfigure(values, files, validation)}
            onBack={() => go(step - 1)}
            onNext={() => void goOn()}
          >
            {step === 1 && <SetupStep values={values} problems={problems} onChange={change} />}
            {step === 2 && (
              <UploadStep
                files={files}
                bannerMode={values.bannerMode}
                validation={validation}
                onFiles={(part) => setFiles((old) => ({ ...old, ...part }))}
                onWeight={(weightVariable) => change({ weightVariable })}
              />
            )}
            {step === 3 && (
              <ConfigureStep values={values} problems={problems} validation={validation} onChange={change} />
            )}
            {step === 4 && <LaunchStep values={values} files={files} validation={validation} />}
          </WizardFrame>
        </form>
      </div>
    </div>
  );
}

function problemsOfStep(step: number, values: WizardValues): Problems {
  if (step === 1) return problemsOfSetup(values);
  return step === 3 ? problemsOfConfiguration(values) : {};
}

function readyToConfigure({ bannerMode }: WizardValues, files: WizardFiles, validation: Validation): boolean {
  const complete = files.dataFile && files.surveyDocument && (bannerMode !== 'upload' || files.bannerPlan);
  return (
    Boolean(complete) &&
    validation.state === 'validated' &&
    validation.result.canProceed &&
    !validation.result.isStacked
  );
}
