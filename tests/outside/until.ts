const POLL_MS = 40;
const LIMIT_MS = 15_000;

/**
 * Asks again until the answer is there: a journey waits for what it expects, never for a time.
 * @param what named in the failure
 * @param ask returns undefined, null or false as long as it is not there
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  limitMs = LIMIT_MS,
  pollMs = POLL_MS,
): Promise<T> {
  const begun = performance.now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (performance.now() - begun > limitMs) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await new Promise((wait) => setTimeout(wait, pollMs));
  }
}

/** Something must NOT happen: there is no signal for that but time. */
export function quiet(ms: number): Promise<void> {
  return new Promise((wait) => setTimeout(wait, ms));
}
