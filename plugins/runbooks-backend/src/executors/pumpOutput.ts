import type { StepExecution } from '@backstage-runbooks/plugin-runbooks-node';
import type { StepPipe } from './stepPipes';

const HEAD_BYTES = 4096;

/**
 * Hands a step's output on, chunk by chunk in the order it came, and never a second chunk before the first is
 * settled: a slow receiver holds the step back. Resolves at the end of both streams with the beginning of the error
 * output; rejects when the receiver does, and then reads on without handing on, so that the step can end.
 */
export async function pumpOutput(
  pipes: Record<'stdout' | 'stderr', StepPipe>,
  onOutput: StepExecution['onOutput'],
  onFault: () => void,
): Promise<{ errorHead: string }> {
  let errorHead = Buffer.alloc(0);
  let turn: Promise<void> = Promise.resolve();
  let fault: { error: unknown } | undefined;

  const handOn = (stream: 'stdout' | 'stderr', chunk: Buffer) => {
    turn = turn.then(async () => {
      if (fault) return;
      try {
        await onOutput(stream, chunk);
      } catch (error) {
        fault = { error };
        onFault();
      }
    });
    return turn;
  };

  const pump = async (stream: 'stdout' | 'stderr') => {
    for await (const chunk of pipes[stream].reader) {
      if (stream === 'stderr' && errorHead.length < HEAD_BYTES) {
        errorHead = Buffer.concat([errorHead, chunk]).subarray(0, HEAD_BYTES);
      }
      await handOn(stream, chunk);
    }
  };

  await Promise.all([pump('stdout'), pump('stderr')]);
  if (fault) throw (fault as { error: unknown }).error;
  return { errorHead: errorHead.toString('utf8') };
}
