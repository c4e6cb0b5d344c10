import type { Place } from "../tx.ts";

/** What a result of the ledger means, for whoever reads it in whichever language; "" = there is none. */
export function saidOf({ outside }: Pick<Place, "outside">, result: string): { de: string; en: string } {
  if (result === "") return { de: "", en: "" };
  return { de: outside.sentence(result, "de"), en: outside.sentence(result, "en") };
}
