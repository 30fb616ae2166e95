/**
 * Running queries for many connections at once. Everybody of an organisation asks for the same few lists, so within one
 * flush each distinct query runs once and its JSON is made once.
 */
import type { Session } from '../contract.ts';
import type { LiveSource } from '../ports.ts';
import { outcomeOf, type QueryOutcome } from './frames.ts';

export type Evaluate = (session: Session, udfPath: string, args: Record<string, unknown>) => QueryOutcome;

/**
 * An evaluator for one flush. With `isMember`, results are shared between all sessions of one organisation and role, and a
 * session that is no longer a member gets a failure; without it, only between sessions of one user.
 */
export function createEvaluation(source: LiveSource, isMember: ((session: Session) => boolean) | undefined): Evaluate {
  const outcomes = new Map<string, QueryOutcome>();
  const members = new Map<string, boolean>();

  return (session, udfPath, args) => {
    const person = `${session.orgId} ${session.userId}`;
    if (isMember) {
      let member = members.get(person);
      if (member === undefined) members.set(person, (member = isMember(session)));
      if (!member) return outcomeOf(false, 'Unauthorized: not a member of this organization.');
    }
    const scope = isMember ? `${session.orgId} ${session.role}` : person;
    const key = `${scope} ${udfPath} ${JSON.stringify(args)}`;
    let outcome = outcomes.get(key);
    if (!outcome) outcomes.set(key, (outcome = run(source, session, udfPath, args)));
    return outcome;
  };
}

function run(source: LiveSource, session: Session, udfPath: string, args: Record<string, unknown>): QueryOutcome {
  try {
    return outcomeOf(true, source.query(session, udfPath, args) ?? null);
  } catch (error) {
    return outcomeOf(false, error instanceof Error ? error.message : String(error));
  }
}
