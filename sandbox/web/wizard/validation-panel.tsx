import { AlertTriangle, CircleCheck, CircleX, Repeat, Scale } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { ValidationResult } from '../../contract.ts';
import { count } from '../lib/format.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card, CardContent } from '../ui/card.tsx';
import { Spinner } from '../ui/spinner.tsx';
import type { Validation } from './use-validation.ts';

const phrases = [
  'Reading data file structure...',
  'Validating variable formats...',
  'Detecting loop structures...',
  'Analyzing weight candidates...',
];
const phraseMs = 2500;

interface PanelProps {
  validation: Validation;
  onWeight: (variable: string | null) => void;
}

/** What is known of the data file so far. */
export function ValidationPanel({ validation, onWeight }: PanelProps) {
  if (validation.state === 'idle') return null;
  return (
    <div className="notices" aria-live="polite" aria-busy={validation.state === 'validating'}>
      {validation.state === 'validating' && <Validating />}
      {validation.state === 'failed' && (
        <Notice tone="bad" icon={<CircleX aria-hidden size={20} />} title="Validation Error">
          <p>{validation.message}</p>
        </Notice>
      )}
      {validation.state === 'validated' && <Validated result={validation.result} onWeight={onWeight} />}
    </div>
  );
}

function Validating() {
  const [index, setIndex] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setIndex((old) => (old + 1) % phrases.length), phraseMs);
    return () => clearInterval(timer);
  }, []);
  return <Notice tone="info" icon={<Spinner size={20} />} title={phrases[index] ?? ''} />;
}

function Validated({ result, onWeight }: { result: ValidationResult; onWeight: PanelProps['onWeight'] }) {
  const { isStacked, stackedWarning, canProceed, loopSummary, errors } = result;
  return (
    <>
      {isStacked && (
        <Notice tone="bad" icon={<CircleX aria-hidden size={20} />} title="Stacked data detected">
          <p>{stackedWarning ?? 'Each respondent has several rows. Upload the data with one row per respondent.'}</p>
        </Notice>
      )}
      {canProceed && !isStacked && (
        <Notice tone="good" icon={<CircleCheck aria-hidden size={20} />} title="Data file validated">
          <div className="badges">
            <Badge variant="outline">{count(result.rowCount)} respondents</Badge>
            <Badge variant="outline">{count(result.columnCount)} variables</Badge>
          </div>
        </Notice>
      )}
      <WeightNotice candidates={result.weightCandidates} onWeight={onWeight} />
      {loopSummary.hasLoops && (
        <Notice tone="info" icon={<Repeat aria-hidden size={20} />} title="Looped data detected">
          <p>
            {loopSummary.loopCount} {loopSummary.loopCount === 1 ? 'loop' : 'loops'} found; their answers are stacked
            for the tables.
          </p>
        </Notice>
      )}
      {errors.map(({ message, severity }) => (
        <Notice
          key={message}
          tone={severity === 'error' ? 'bad' : 'warn'}
          icon={severity === 'error' ? <CircleX aria-hidden size={20} /> : <AlertTriangle aria-hidden size={20} />}
          title={message}
        />
      ))}
    </>
  );
}

/** The question is asked anew whenever the step is shown; the answer stays in the form. */
function WeightNotice({
  candidates,
  onWeight,
}: {
  candidates: ValidationResult['weightCandidates'];
  onWeight: PanelProps['onWeight'];
}) {
  const [answer, setAnswer] = useState<'yes' | 'no'>();
  const [best, ...others] = candidates;
  if (!best) return null;
  const decide = (yes: boolean) => {
    setAnswer(yes ? 'yes' : 'no');
    onWeight(yes ? best.column : null);
  };
  return (
    <Notice tone="neutral" icon={<Scale aria-hidden size={20} />} title="Weight variable detected">
      <p>
        <code>{best.column}</code>
        {best.label && ` (${best.label})`}, mean {best.mean.toFixed(3)}
        {others.length > 0 && `; ${others.length} more possible`}.
      </p>
      {answer === undefined ? (
        <div className="badges">
          <Button variant="outline" size="sm" onClick={() => decide(true)}>
            Yes, use this weight
          </Button>
          <Button variant="outline" size="sm" onClick={() => decide(false)}>
            No, run unweighted
          </Button>
        </div>
      ) : (
        <p>
          {answer === 'yes'
            ? 'Weighted. You can change this in the next step.'
            : 'Unweighted. You can change this in the next step.'}
        </p>
      )}
    </Notice>
  );
}

function Notice({ tone, icon, title, children }: { tone: Tone; icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <Card className={`notice tone-${tone}`}>
      <CardContent>
        <span className="notice-icon">{icon}</span>
        <div className="notice-text">
          <p className="notice-title">{title}</p>
          {children}
        </div>
      </CardContent>
    </Card>
  );
}
