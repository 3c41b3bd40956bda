import type { StateWords } from '../words/runWords';
import { Tag } from './Tag';

/** The state of a run or a step in words. */
export function StateTag({ words }: { words: StateWords }) {
  return (
    <Tag tone={words.tone} busy={words.busy} title={words.title} wraps>
      {words.label}
    </Tag>
  );
}
