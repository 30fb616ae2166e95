import { Check, Clock, X } from 'lucide-react';
import type { LoadTestResult } from '../../contract.ts';

/** How the launches were answered. What was rate-limited is among the failed. */
export function LaunchResult({ result }: { result: LoadTestResult }) {
  return (
    <div className="launch-result">
      {result.totalLaunched > 0 && (
        <p className="ink-good">
          <Check aria-hidden size={16} />
          {result.totalLaunched} launched successfully
        </p>
      )}
      {result.totalErrors > 0 && (
        <>
          <p className="ink-bad">
            <X aria-hidden size={16} />
            {result.totalErrors} failed
          </p>
          <ul className="quiet small">
            {result.errors.map(({ dataset, error }, place) => (
              <li key={`${place} ${dataset}`}>
                <code>{dataset}</code>: {error}
              </li>
            ))}
          </ul>
        </>
      )}
      {result.rateLimitRejections > 0 && (
        <p className="ink-warn">
          <Clock aria-hidden size={16} />
          {result.rateLimitRejections} rate-limited (429)
        </p>
      )}
    </div>
  );
}
