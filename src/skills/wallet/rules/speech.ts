/** Who asks for their wallet. Short and strict: what is not clear is for others to answer. */

const MOST_CHARACTERS = 60;
const WORDS =
  /^(?:(?:bitte|mein|meine|meinen|das|die|den|eine|einen|my|a|the|please|zeig mir|zeige mir|wie ist|wie viel|wieviel|wo ist|wo finde ich|ich will|ich möchte|ich hätte gerne?|ich brauche|show me|open|i want|i need|where is|what is) )*(?:wallet|guthaben|guthabenstand|kontostand in coin|voucher|vouchers|coin balance)(?: (?:bitte|öffnen|zeigen|ansehen|einrichten|haben|ist noch da|open|please|balance))*$/u;

export function asksForWallet(text: string): boolean {
  const said = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[!?.,;:]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return said.length <= MOST_CHARACTERS && WORDS.test(said);
}
