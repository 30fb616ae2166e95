/** Which analysts this invocation really runs (after `--grep`, `--shard` and file arguments): written by a small reporter before the first worker starts. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const planSchema = z.object({ analysts: z.array(z.string()), workers: z.int().positive() });
export type Plan = z.infer<typeof planSchema>;

/** Writes the plan, synchronously: reporters cannot wait. */
export function writePlan(runFolder: string, plan: Plan): void {
  mkdirSync(runFolder, { recursive: true });
  writeFileSync(path.join(runFolder, 'plan.json'), JSON.stringify(plan));
}

/** Reads the plan. @throws when it has not been written. */
export async function readPlan(runFolder: string): Promise<Plan> {
  return planSchema.parse(JSON.parse(await readFile(path.join(runFolder, 'plan.json'), 'utf8')));
}

/** Which crew an analyst belongs to, from 0: analysts of one crew are carried by one worker. */
export function crewOf(analyst: string, perWorker: number): number {
  return Math.floor((Number(analyst.replace(/^analyst-/, '')) - 1) / perWorker);
}

/** How many analysts the start line waits for: all of them, or as many as can work at once; the rest queue. */
export function startLineSize(plan: Plan, perWorker: number): number {
  const sizes = new Map<number, number>();
  for (const analyst of plan.analysts) {
    const crew = crewOf(analyst, perWorker);
    sizes.set(crew, (sizes.get(crew) ?? 0) + 1);
  }
  return [...sizes.values()].slice(0, plan.workers).reduce((sum, size) => sum + size, 0);
}

/** The analyst that a test's title names (`analyst-07 · coffee-loyalty`), or undefined. */
export function analystOfTitle(title: string): string | undefined {
  return /^(analyst-\d+) · /.exec(title)?.[1];
}
