import type { ListItem, RootContent } from 'mdast';
import type { StepHead } from './stepTitles';
import { shortTitle } from './shortTitle';
import { titled, titleOfParagraph } from './stepTitles';

/** What stands above a step and belongs to it. */
export interface Surroundings extends Partial<StepHead> {
  notes: string[];
}

/** A paragraph, or something that only goes along: then its text is empty and it names no step. */
export interface Prose {
  text: string;
  written: string;
  node: RootContent | ListItem;
}

/** The prose since the last step: its last paragraph may name the next one, the rest are notes. */
export class ProseAbove {
  #waiting: Prose[] = [];

  add(prose: Prose): void {
    this.#waiting.push(prose);
  }

  /** Notes that no step has taken stand above what was added since. */
  putBack(notes: readonly string[], node: Prose['node']): void {
    this.#waiting.unshift(
      ...notes.map(written => ({ text: '', written, node })),
    );
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** What the last paragraph says: it may ask for the block or the list below it. */
  get asked(): string {
    return this.#waiting.at(-1)?.text ?? '';
  }

  takeLast(): Prose | undefined {
    return this.#waiting.pop();
  }

  takeNotes(): string[] {
    return this.#waiting.splice(0).map(({ written }) => written);
  }

  /** Paragraphs that a person could follow where a phase has nothing else. */
  paragraphs(): Prose[] {
    return this.#waiting.filter(({ text }) => text !== '');
  }

  /** The name and the notes for the step below. @param fallback - names it where no paragraph does */
  takeFor(fallback: string | undefined): Surroundings {
    const last = this.#waiting.at(-1);
    const named =
      last && last.text !== '' ? titleOfParagraph(last.text) : undefined;
    const notes = this.takeNotes();
    if (!named) return { ...(fallback ? titled(fallback) : {}), notes };
    const { whole, ...head } = named;
    const isWhole = shortTitle(last!.text) === shortTitle(whole);
    return { ...head, notes: isWhole ? notes.slice(0, -1) : notes };
  }
}
