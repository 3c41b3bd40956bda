import { kubectlChunks } from '../shell/effects/kubectl/kubectlChunks';
import {
  kubectlDocuments,
  type KubectlDocuments,
} from '../shell/effects/kubectl/kubectlDocuments';
import { mayBeSecret } from './mayDescribeSecrets';

/** A part of a manifest as kubectl reads it. */
export interface ManifestChunk {
  text: string;
  read: KubectlDocuments;
}

/** Wherever a reader ends a line at one of them, the parts of a text are others. */
const OTHER_LINE_END = /\r(?!\n)|[\u0085\u2028\u2029]/;

/** The parts of a manifest, each with what kubectl makes of it; all of it is one where it cannot be divided surely. */
export function manifestChunks(text: string): ManifestChunk[] {
  // kubectl ends the last line, too.
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const divided = OTHER_LINE_END.test(whole)
    ? undefined
    : kubectlChunks(whole.replaceAll('\r\n', '\n'));
  const texts =
    divided?.kind === 'divided'
      ? divided.chunks.map(chunk => chunk.text)
      : [whole];
  return texts.map(one => ({ text: one, read: kubectlDocuments(one) }));
}

/** Whether a part may be a Secret of which nobody can say without kubectl what it holds. */
export function isUnreadSecret({ text, read }: ManifestChunk): boolean {
  return read.kind === 'unread' && mayBeSecret(text);
}
