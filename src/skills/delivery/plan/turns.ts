/** Work on one thing waits for what is under way on it in this process; work on others goes on beside it. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /** @param keys taken together; given in any order, two callers never wait for each other */
  async inTurn<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const wanted = [...new Set(keys)];
    const before = Promise.allSettled(wanted.map((key) => this.#last.get(key)));
    // All places are taken at once, in one step: nobody can come between and close a circle.
    const mine = before.then(work);
    const settled = mine.then(
      () => {},
      () => {},
    );
    for (const key of wanted) this.#last.set(key, settled);
    try {
      return await mine;
    } finally {
      for (const key of wanted) if (this.#last.get(key) === settled) this.#last.delete(key);
    }
  }
}
