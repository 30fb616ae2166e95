import { Dropzone } from './dropzone.tsx';
import type { Validation } from './use-validation.ts';
import { ValidationPanel } from './validation-panel.tsx';
import type { WizardFiles, WizardValues } from './values.ts';

interface UploadStepProps {
  files: WizardFiles;
  bannerMode: WizardValues['bannerMode'];
  validation: Validation;
  onFiles: (part: Partial<WizardFiles>) => void;
  onWeight: (variable: string | null) => void;
}

const dataExtensions = ['.sav', '.spss'];
const documentExtensions = ['.pdf', '.doc', '.docx'];

export function UploadStep({ files, bannerMode, validation, onFiles, onWeight }: UploadStepProps) {
  return (
    <div className="form">
      <div className="dropzones">
        <Dropzone
          title="Data File"
          description="SPSS, a row per respondent"
          extensions={dataExtensions}
          file={files.dataFile}
          onFile={(dataFile) => onFiles({ dataFile })}
        />
        <Dropzone
          title="Survey Document"
          description="The questionnaire"
          extensions={documentExtensions}
          file={files.surveyDocument}
          onFile={(surveyDocument) => onFiles({ surveyDocument })}
        />
        {bannerMode === 'upload' && (
          <Dropzone
            title="Banner Plan"
            description="The cuts you want"
            extensions={documentExtensions}
            file={files.bannerPlan}
            onFile={(bannerPlan) => onFiles({ bannerPlan })}
          />
        )}
      </div>
      <ValidationPanel validation={validation} onWeight={onWeight} />
    </div>
  );
}
