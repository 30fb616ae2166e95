import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Spinner } from '../ui/spinner.tsx';

const steps = ['Project Setup', 'Upload & Validate', 'Configure', 'Review & Launch'];

interface WizardFrameProps {
  /** 1–4. */
  step: number;
  launching: boolean;
  nextDisabled: boolean;
  onBack: () => void;
  onNext: () => void;
  children: ReactNode;
}

/** The steps above, the way back and on below. */
export function WizardFrame({ step, launching, nextDisabled, onBack, onNext, children }: WizardFrameProps) {
  const nextLabel = step === steps.length ? 'Launch Pipeline' : 'Next';
  return (
    <>
      <nav aria-label="Wizard steps" className="wizard-steps">
        {steps.map((label, index) => (
          <WizardStep key={label} number={index + 1} label={label} current={step} />
        ))}
      </nav>
      <div className="wizard-body">{children}</div>
      <div className="wizard-footer">
        {step > 1 && (
          <Button variant="outline" disabled={launching} onClick={onBack}>
            Back
          </Button>
        )}
        <Button className="wizard-next" disabled={nextDisabled || launching} onClick={onNext}>
          {launching && <Spinner />}
          {launching ? 'Launching...' : nextLabel}
        </Button>
      </div>
    </>
  );
}

function WizardStep({ number, label, current }: { number: number; label: string; current: number }) {
  const state = number < current ? 'done' : number === current ? 'current' : 'ahead';
  return (
    <div className="wizard-step" data-state={state}>
      <div className="wizard-step-mark">{state === 'done' ? <Check aria-hidden size={14} /> : number}</div>
      <span>{label}</span>
    </div>
  );
}
