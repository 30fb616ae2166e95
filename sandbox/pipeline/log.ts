/** The logger the pipeline is given; a pino logger fits. */
export interface PipelineLog {
  info(data: object, message: string): void;
  warn(data: object, message: string): void;
  error(data: object, message: string): void;
}

export const silentLog: PipelineLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
