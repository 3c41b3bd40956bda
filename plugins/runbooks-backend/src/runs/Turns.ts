import { TooManyError } from '../http/TooManyError';
import { FairQueue } from '../reading/FairQueue';

/** Lets a few things happen at a time: people take turns, and one thing of a person is done at a time. */
export class Turns {
  readonly #queue = new FairQueue<() => Promise<void>>();
  readonly #atOnce: number;
  readonly #maxWaitingOfPerson: number;
  readonly #what: string;
  #underWay = 0;

  /** @param options.what - In the plural, for whoever is refused. */
  constructor(options: {
    atOnce: number;
    maxWaitingOfPerson: number;
    what: string;
  }) {
    this.#atOnce = options.atOnce;
    this.#maxWaitingOfPerson = options.maxWaitingOfPerson;
    this.#what = options.what;
  }

  /** Does it when it is the person's turn. @throws TooManyError, and what `work` throws */
  async take<T>(person: string, work: () => Promise<T>): Promise<T> {
    if (this.#queue.waitingOf(person) >= this.#maxWaitingOfPerson) {
      throw new TooManyError(
        `${person} waits for ${this.#maxWaitingOfPerson} ${
          this.#what
        } already; try again when they are there`,
      );
    }
    return new Promise<T>((resolve, reject) => {
      this.#queue.add(person, () => work().then(resolve, reject));
      this.#next();
    });
  }

  #next(): void {
    while (this.#underWay < this.#atOnce) {
      const turn = this.#queue.take();
      if (!turn) return;
      this.#underWay += 1;
      void turn.what().finally(() => {
        this.#underWay -= 1;
        turn.done();
        this.#next();
      });
    }
  }
}
