/** What customers ask and say about payments. Short and strict: what is not clear is for others to answer. */

export type Said = "owe" | "paid" | "receipt" | "dispute";

const fold = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replace(/[’'`]/g, "'").replace(/\s+/g, " ").trim();

const MOST_CHARACTERS = 300;

const MONEY =
  /(?<!\p{L})(?:rechnung\w*|zahlung\w*|betrag|beträge|summe|forderung\w*|mahnung\w*|zahlungsanfrage|zahlungserinnerung|bezahl\w*|gezahlt|zahlen|überweis\w*|überwiesen|abgebucht|invoice\w*|bill|payment\w*|amount|charge[ds]?|reminder|paid|pay)(?!\p{L})/u;
const WRONG =
  /(?<!\p{L})(?:stimmt (?:so )?nicht|stimmt nich|nicht richtig|falsch\w*|fehler\w*|zu hoch|zu viel|zuviel|nicht bestellt|nie bestellt|nichts bestellt|widersprech\w*|widerspruch|doppelt|zweimal|unberechtigt\w*|sehe (?:ich )?nicht ein|zahle (?:ich )?nicht|bezahle (?:ich )?nicht|nicht (?:be)?zahlen|reklamier\w*|wrong|incorrect|not correct|too (?:high|much)|never ordered|didn't order|did not order|dispute|twice|double|won't pay|will not pay|refuse to pay|unjustified)(?!\p{L})/u;
const PAID =
  /(?<!\p{L})(?:(?:hab|habe|haben|hatte|hatten) (?:\S+ ){0,6}?(?:bezahlt|gezahlt|überwiesen|beglichen)|ist (?:\S+ ){0,3}?(?:bezahlt|überwiesen|beglichen)|(?:geld|zahlung|überweisung|betrag) (?:\S+ ){0,4}?(?:angekommen|eingegangen|da|erhalten)|(?:bezahlt|überwiesen)(?: ist es)?|(?:i|we)(?:'ve| have)? (?:\S+ )?(?:paid|transferred|sent the money)|(?:money|payment|transfer) (?:\S+ ){0,3}?(?:arrive[ds]?|received|there|get through))(?!\p{L})/u;
const OWE =
  /(?<!\p{L})(?:was (?:muss|soll|habe|hab|müssen|sollen|haben) (?:ich|wir) (?:\S+ ){0,4}?(?:zahlen|bezahlen|überweisen|offen)|(?:wie viel|wieviel) (?:muss|soll|habe|schulde|müssen|sollen|schulden) (?:ich|wir)(?! (?:für|pro|bei einem))(?: \S+){0,4}|was (?:ist|steht|wäre) (?:\S+ ){0,3}?offen|(?:ist|habe ich|haben wir|gibt es) (?:\S+ ){0,3}?(?:noch )?(?:etwas|was|eine|offene\w*) (?:\S+ ){0,3}?(?:offen|zu (?:be)?zahlen|rechnung\w*|zahlung\w*)|(?:offene|ausstehende) (?:rechnung\w*|zahlung\w*|beträge|posten)|was (?:bin ich|sind wir) (?:\S+ )?schuldig|was schulde\w* (?:ich|wir)|what do (?:i|we) (?:still )?owe|how much do (?:i|we) (?:still )?(?:owe|have to pay)|what (?:do|must) (?:i|we) (?:still )?(?:have to )?pay|(?:open|outstanding|unpaid) (?:invoice|payment|bill|amount)s?|anything (?:left )?to pay|what is (?:still )?(?:open|outstanding|due))(?!\p{L})/u;
const RECEIPT =
  /(?<!\p{L})(?:quittung\w*|zahlungsbeleg\w*|beleg\w*|zahlungsbestätigung|(?:meine|die|eine|der) rechnung|rechnung (?:bitte|schicken|senden|haben|bekommen|brauche)|receipt|proof of payment|(?:my|the|an) invoice|send (?:me )?(?:the|an|my) (?:invoice|receipt))(?!\p{L})|^rechnung\s*\??$|^invoice\s*\??$/u;

/** @returns null when it is none of these, or not clearly so */
export function readPaymentWords(text: string): Said | null {
  const said = fold(text);
  if (said === "" || said.length > MOST_CHARACTERS) return null;
  if (WRONG.test(said) && MONEY.test(said)) return "dispute";
  if (OWE.test(said)) return "owe";
  if (PAID.test(said) && !/\bnicht (?:be)?zahlt|\bnoch nicht\b|\bnot paid|haven't\b/.test(said))
    return "paid";
  return RECEIPT.test(said) ? "receipt" : null;
}
