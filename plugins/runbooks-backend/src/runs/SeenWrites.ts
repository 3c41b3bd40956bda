import type { DryRunWrite } from '@backstage-runbooks/plugin-runbooks-common';
import type { PreviewSink } from '../gateway/GatewayAttempt';

/** What is compared is compared between other things that the backend does. */
const MAX_WRITES = 100;
/** Of the objects of all writes, before and after, and of what was sent. */
const MAX_CHARACTERS = 8 * 1024 * 1024;
const TOO_LARGE = `the objects that it writes, before and after, have more than ${
  MAX_CHARACTERS / 1024 / 1024
} MiB in all, which is too much to compare`;

/** What a preview is told, up to what can be compared; what is more is not kept. */
export class SeenWrites implements PreviewSink {
  readonly writes: DryRunWrite[] = [];
  failure: string | undefined;
  #characters = 0;

  seen(write: DryRunWrite): void {
    this.#characters += charactersOf(write);
    if (this.writes.length >= MAX_WRITES) {
      this.failed(`it makes more than ${MAX_WRITES} writes`);
    } else if (this.#characters > MAX_CHARACTERS) {
      this.failed(TOO_LARGE);
    } else {
      this.writes.push(write);
    }
  }

  failed(because: string): void {
    this.failure ??= because;
  }
}

function charactersOf({ before, sent, answer }: DryRunWrite): number {
  const texts = [before, sent, answer.body];
  return texts.reduce<number>(
    (sum, text) => sum + (typeof text === 'string' ? text.length : 0),
    0,
  );
}
