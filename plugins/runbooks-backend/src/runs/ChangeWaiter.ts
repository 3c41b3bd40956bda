/** Remembers that something changed until it is asked. */
export class ChangeWaiter {
  #changed = false;
  #events = true;
  #wake = () => {};

  tell(events: boolean): void {
    this.#changed = true;
    this.#events ||= events;
    this.#wake();
  }

  takeEvents(): boolean {
    const events = this.#events;
    this.#events = false;
    return events;
  }

  async next(timeoutMs: number): Promise<void> {
    if (!this.#changed) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>(resolve => {
        this.#wake = resolve;
        timer = setTimeout(() => {
          this.#events = true;
          resolve();
        }, timeoutMs);
      });
      clearTimeout(timer);
    }
    this.#changed = false;
  }
}
