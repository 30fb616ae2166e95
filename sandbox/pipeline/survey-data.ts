/** An uploaded `.sav` as tables need it: its dictionary at once, its columns when asked for, each read once. */
import { openSav, readSav, type SavHeader, type SavVariable } from '../../datasets/sav/index.ts';

export type Column = Float64Array | string[];

export class SurveyData {
  private readonly byName = new Map<string, SavVariable>();
  private readonly columns = new Map<string, Column>();
  private cases: number | undefined;

  private constructor(
    private readonly path: string,
    readonly header: SavHeader,
  ) {
    for (const variable of header.variables) this.byName.set(variable.name.toUpperCase(), variable);
  }

  /** Reads the dictionary only. Throws `SavError` for a file that is not a readable `.sav`. */
  static async open(path: string): Promise<SurveyData> {
    const file = await openSav(path);
    try {
      return new SurveyData(path, file.header);
    } finally {
      await file.close();
    }
  }

  /** The variable of that name, in any case of letters; `undefined` when there is none. */
  find(name: string): SavVariable | undefined {
    return this.byName.get(name.toUpperCase());
  }

  /** Like `find`, but throws for a name that the file does not have. */
  variable(name: string): SavVariable {
    const variable = this.find(name);
    if (!variable) throw new Error(`The data file has no variable ${name}.`);
    return variable;
  }

  /** Reads the named columns that have not been read yet, in one pass over the file. */
  async load(names: Iterable<string>): Promise<void> {
    const wanted = [...new Set([...names].map((name) => this.variable(name).name))].filter(
      (name) => !this.columns.has(name),
    );
    if (wanted.length === 0 && this.cases !== undefined) return;
    const { columns, caseCount } = await readSav(this.path, { columns: wanted });
    this.cases = caseCount;
    for (const [name, column] of columns) this.columns.set(name, column);
  }

  /** Number of cases; known after the first `load`. */
  get caseCount(): number {
    if (this.cases === undefined) throw new Error('No column of the data file has been loaded yet.');
    return this.cases;
  }

  /** A loaded column. */
  column(name: string): Column {
    const column = this.columns.get(this.variable(name).name);
    if (!column) throw new Error(`Column ${name} of the data file has not been loaded.`);
    return column;
  }
}
