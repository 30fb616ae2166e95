/** Entry of a pipeline child process: one run, or validations for as long as the server lives. Ends when the server is gone. Each loads only what its work needs. */
import type { ChildReply, ChildRequest } from './protocol.ts';

process.on('disconnect', () => process.exit(0));
// Where they share the server's process group, Ctrl-C reaches its children too; the server decides when they end.
process.on('SIGINT', () => undefined);

process.on('message', (request: ChildRequest) => {
  void handle(request);
});

async function handle(request: ChildRequest): Promise<void> {
  if (request.type === 'validate') {
    try {
      const { validateSav } = await import('./validate.ts');
      reply({ type: 'validated', id: request.id, result: await validateSav(request.path) });
    } catch (error) {
      reply({
        type: 'validation-failed',
        id: request.id,
        message: error instanceof Error ? error.message : String(error),
      });
    }
    return;
  }
  const { runJob } = await import('./run-job.ts');
  await runJob(request.job, reply);
  // Disconnecting (not exiting) lets what was sent arrive first.
  process.disconnect();
}

function reply(message: ChildReply): void {
  process.send?.(message);
}
