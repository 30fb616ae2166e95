export { createPipeline, type PipelineOptions } from './pipeline.ts';
export type { PipelineLog } from './log.ts';
