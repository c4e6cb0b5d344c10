import type { CourierEvent } from "../api/courier-page.ts";
import { WRONG_CODES_MOST } from "../rules/code-hint.ts";
import type { Draft } from "./draft.ts";

/**
 * Different wrong codes of each delivery, counted however they came: with a net, hours later, or many in one call. The same one again is
 * no new guess, so a phone may tell a thing twice.
 */
export class WrongCodes {
  readonly #said: Map<number, Set<string>>;
  readonly #draft: Draft;
  readonly #new = new Set<number>();

  constructor(draft: Draft) {
    this.#draft = draft;
    this.#said = new Map(draft.before.deliveries.map(({ id, wrongCodes }) => [id, new Set(wrongCodes)]));
  }

  /** Is its code no longer heard? A dispatcher may say what became of it, and every other end may be told. */
  isLocked(event: CourierEvent): boolean {
    const guessed = guessIn(event);
    return guessed !== null && (this.#said.get(guessed.deliveryId)?.size ?? 0) >= WRONG_CODES_MOST;
  }

  /** That the code of this event was wrong. */
  note(event: CourierEvent): void {
    const guessed = guessIn(event);
    const said = guessed && this.#said.get(guessed.deliveryId);
    if (!guessed || !said || said.has(guessed.code)) return;
    said.add(guessed.code);
    this.#new.add(guessed.deliveryId);
    const { deliveryId } = guessed;
    if (said.size === WRONG_CODES_MOST)
      this.#draft.note({ kind: "code_locked", by: "automatic", shiftId: event.shiftId, deliveryId });
  }

  /** What is to be written, by delivery. */
  changed(): { readonly id: number; readonly codes: readonly string[] }[] {
    return [...this.#new].map((id) => ({ id, codes: [...(this.#said.get(id) ?? [])] }));
  }
}

function guessIn(event: CourierEvent): { readonly deliveryId: number; readonly code: string } | null {
  if (event.kind !== "done" || event.outcome !== "handed_over" || event.code === undefined) return null;
  return { deliveryId: event.deliveryId, code: event.code };
}
