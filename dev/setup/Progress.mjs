import { say } from '../say.mjs';

const TELL_EVERY_PERCENT = 10;

/** Shows how far a long piece of work is, a line now and then instead of a moving bar: logs stay readable. */
export class Progress {
  #name;
  #last;

  constructor(name) {
    this.#name = name;
  }

  /** @param step `{ text, percent, minutesLeft }`; the last two may be absent */
  show({ text, percent, minutesLeft }) {
    const mark = `${text} ${Math.floor((percent ?? 0) / TELL_EVERY_PERCENT)}`;
    if (mark === this.#last) return;
    this.#last = mark;
    const share = percent ? `, ${percent} %` : '';
    const left =
      minutesLeft === undefined
        ? ''
        : `, about ${minutesLeft} ${
            minutesLeft === 1 ? 'minute' : 'minutes'
          } left`;
    say(`  ${this.#name}: ${text}${share}${left}`);
  }
}
