/**
 * Words by which a person says: no more messages that I did not ask for. Whole message only, whatever its case,
 * accents, dots and greetings; "stop" in a sentence is a sentence.
 */
const STOP = new Set([
  "stop",
  "stopp",
  "stop all",
  "stopall",
  "stopp alles",
  "stop alles",
  "end",
  "quit",
  "unsubscribe",
  "opt out",
  "optout",
  "abmelden",
  "abbestellen",
  "austragen",
  "abmeldung",
  "bitte abmelden",
  "newsletter abbestellen",
  "keine nachrichten mehr",
  "keine werbung mehr",
  "keine werbung",
  "keine hinweise mehr",
  "no more messages",
  "stop messages",
]);

const LONGEST = 40;

export function isStop(text: string): boolean {
  if (text.length > LONGEST) return false;
  const plain = text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return STOP.has(plain);
}
