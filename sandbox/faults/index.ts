import { faultNames, faultRegistry, specOf, type FaultName, type MeasuredFault } from './registry.ts';

export { faultNames, faultRegistry, type FaultName, type FaultSpec, type MeasuredFault } from './registry.ts';

/** Which faults a sandbox has. Handed to where they act; nothing else knows. */
export interface Faults {
  has(name: FaultName): boolean;
  /** The fault's number: as given, else its default. */
  amount(name: MeasuredFault): number;
}

/** A list of faults that cannot be used; the message names the entry and what there is. */
export class FaultsError extends Error {}

/** Name and number of each fault in a list such as `duplicate-name, socket-flap=0.2`. @throws FaultsError */
export function parseFaults(list: string): Map<FaultName, number | undefined> {
  const chosen = new Map<FaultName, number | undefined>();
  for (const entry of list.split(',').map((text) => text.trim())) {
    if (entry === '') continue;
    const [name, number] = entry.split('=', 2).map((text) => text.trim());
    if (!isFaultName(name)) {
      throw new FaultsError(`there is no fault ${JSON.stringify(name)}; there are ${faultNames.join(', ')}`);
    }
    if (chosen.has(name)) throw new FaultsError(`the fault ${name} stands there twice`);
    chosen.set(name, number === undefined ? undefined : amountFrom(name, number));
  }
  return chosen;
}

/** The faults of a list; an empty one has none. @throws FaultsError */
export function createFaults(list: string): Faults {
  const chosen = parseFaults(list);
  return {
    has: (name) => chosen.has(name),
    amount: (name) => chosen.get(name) ?? faultRegistry[name].amount.default,
  };
}

export const noFaults: Faults = createFaults('');

/** Name, number and meaning of every fault, for the README. */
export const faultsTable: readonly { readonly name: string; readonly amount: string; readonly does: string }[] =
  faultNames.map((name) => {
    const { amount, does } = specOf(name);
    return { name, amount: amount ? `${amount.meaning} (${amount.default})` : '', does };
  });

function isFaultName(name: string | undefined): name is FaultName {
  return name !== undefined && Object.hasOwn(faultRegistry, name);
}

function amountFrom(name: FaultName, text: string): number {
  const { amount } = specOf(name);
  if (!amount) throw new FaultsError(`the fault ${name} takes no number`);
  const value = text === '' ? Number.NaN : Number(text);
  if (!(value >= amount.least && value <= amount.most)) {
    throw new FaultsError(
      `${name}=${text} must be a number from ${amount.least} to ${amount.most}: ${amount.meaning.toLowerCase()}`,
    );
  }
  return value;
}
