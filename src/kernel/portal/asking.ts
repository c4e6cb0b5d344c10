/**
 * Does a customer ask for the own data? Only when the whole message says so: "Datenschutz" does, "Eine Frage zum
 * Datenschutz bei Kindern" is a question for the knowledge or a person.
 */

/** Longer messages tell something; they do not ask for a link. */
const LONGEST = 80;

/** Words of courtesy before and after, as often as they stand there. */
const BEFORE =
  /^(?:hallo|moin|hi|hey|hello|guten (?:tag|morgen|abend)|bitte|please|mal|kann ich|können (?:sie|wir)|könnte ich|can i|could i|may i|ich (?:möchte|will|würde gern(?:e)?|hätte gern(?:e)?)|i (?:want|would like|d like)(?: to)?|zeig(?:e|en|t)?(?: sie)?(?: mir)?|show(?: me)?|give me|open|öffne|see|view|get)\s+/;
const AFTER =
  /\s+(?:bitte|please|danke|thanks|thank you|sehen|ansehen|einsehen|anschauen|anzeigen|haben|zeigen)$/;

const ASKING = [
  "(?:all )?(?:meine|meiner) (?:persönlichen )?daten(?: (?:und )?(?:herunterladen|exportieren|löschen|auskunft))?",
  "(?:lösch(?:e|en|t)?|exportier(?:e|en|t)?)(?: sie)?(?: alle)? meine(?: persönlichen)? daten",
  "(?:meine )?(?:daten ?schutz|privatsphäre|daten ?auskunft|selbstauskunft|dsgvo|einwilligungen|erlaubnisse)",
  "(?:dsgvo|daten) auskunft|auskunft (?:nach|gemäß|laut) (?:(?:art|artikel) 15 )?(?:der )?(?:dsgvo|ds gvo)",
  "(?:was|welche daten) (?:wisst ihr|wissen sie|wei(?:ß|ss)t du|habt ihr|haben sie|hast du|speichert ihr|speichern sie|speicherst du)(?: alles| eigentlich| denn)* (?:über|von|zu) (?:mich|mir)(?: gespeichert)?",
  "wer (?:hat|darf|kann) meine daten(?: gesehen| sehen| gelesen| lesen)?",
  "(?:all )?my (?:personal )?(?:data|privacy|consents?|permissions?)",
  "(?:download|export|delete|erase|remove)(?: all)? my (?:personal )?data",
  "privacy|data protection|gdpr|gdpr request|data request|subject access request",
  "(?:what|which data|what data) do you (?:know|have|store|keep|hold)(?: all| stored)? (?:about|on|of) me",
  "who (?:saw|has seen|can see|read|has read) my data",
];
const PATTERN = new RegExp(`^(?:${ASKING.join("|")})$`);

/** @param text a customer's words, as they were written */
export function asksForOwnData(text: string): boolean {
  if (text.length > LONGEST) return false;
  let words = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  for (let before = ""; before !== words; ) {
    if (PATTERN.test(words)) return true;
    before = words;
    words = words.replace(BEFORE, "").replace(AFTER, "");
  }
  return false;
}
