import type { Statement } from "./document.ts";
import type { At } from "./proceed.ts";
import type { Values } from "./slot-values.ts";

/** What the statements that a run came by have asked and learnt. */

export const isSame = (a: At, b: At) => a.step === b.step && a.at === b.at;

export function isQuestion(statement: Statement | undefined): boolean {
  return statement?.kind === "ask" || statement?.kind === "choose";
}

export function slotOf(statement: Statement | undefined): string | null {
  return statement?.kind === "ask" || statement?.kind === "choose" ? statement.slot : null;
}

export function readBy(statement: Statement | undefined): string[] {
  return statement?.kind === "call" ? statement.reads.map(({ slot }) => slot) : [];
}

export function without(values: Values, names: readonly string[]): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}
