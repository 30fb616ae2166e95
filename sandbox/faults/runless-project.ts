import { projectConfigSchema, type ProjectConfig, type ProjectRow, type Session } from '../contract.ts';
import { HttpProblem } from '../http/context.ts';
import type { ProjectStore } from '../ports.ts';
import type { Faults } from './index.ts';

type Projects = Pick<ProjectStore, 'create' | 'begin' | 'launch'>;

/** How one launch makes its project. */
export interface Opening {
  /** Called before each file of the form is received, and when all are, with the fields so far. */
  readonly look: (fields: ReadonlyMap<string, string>) => void;
  create: ProjectStore['create'];
}

/**
 * Without the fault, project and run are made together when everything is there. With it the project is made as soon as
 * its name is known, and only a launch that gets to its end gives it a run.
 */
export function openings(faults: Faults, projects: Projects): (session: Session, projectId: string) => Opening {
  if (!faults.has('runless-project')) return () => ({ look: () => undefined, create: projects.create });
  return (session, projectId) => {
    let begun: ProjectRow | undefined;
    return {
      look: (fields) => {
        const name = fields.get('projectName')?.trim();
        const config = readConfig(fields.get('config'));
        if (begun || !name || !config) return;
        const project = projects.begin({ projectId, name, config, session });
        if (project === 'name-taken')
          throw new HttpProblem(409, `A project named "${name}" already exists. Please choose a different name.`);
        begun = project;
      },
      create: (input) =>
        begun ? { project: begun, run: projects.launch(begun, input.files) } : projects.create(input),
    };
  };
}

/** Undefined when it is not (yet) a configuration: the route says what is wrong with it. */
function readConfig(text: string | undefined): ProjectConfig | undefined {
  if (text === undefined) return undefined;
  try {
    return projectConfigSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
