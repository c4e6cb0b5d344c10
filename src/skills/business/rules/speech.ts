import { serialKey } from "./serial.ts";

/** What people of a company write about orders and machines. Short and strict: what is not clear is for a person. */

const fold = (text: string): string =>
  text.normalize("NFKC").toLowerCase().replace(/[’'`]/g, "'").replace(/\s+/g, " ").trim();

/** Longer texts are letters, and a letter may hold conditions. */
const MOST_CHARACTERS = 200;

const ACCEPT =
  /\b(?:bestellen wir|wir bestellen|bestelle ich|ich bestelle|bitte bestellen|hiermit bestell\w*|bestellung (?:ist )?(?:freigegeben|erteilt)|(?:nehme|nehmen) (?:wir |ich )?(?:das |ihr |euer |dein )?angebot\w*(?: \S+)? (?:gerne? )?an|angebot (?:ist )?angenommen|auftrag (?:ist )?(?:erteilt|freigegeben)|erteilen (?:wir )?(?:ihnen |euch )?(?:hiermit )?den auftrag|we (?:hereby )?(?:accept|order)|i (?:hereby )?(?:accept|order)|(?:offer|quotation|quote) (?:is )?accepted|accept (?:the|your|this) (?:offer|quotation|quote)|please (?:place|proceed with) (?:the|our|this) order|place the order)\b/;
const DECLINE =
  /\b(?:lehnen? (?:wir |ich )?(?:das |ihr |euer )?angebot\w*(?: \S+)? ab|(?:wir |ich )?lehnen? (?:wir )?ab|kein interesse|nicht bestellen|bestellen (?:wir )?nicht|we (?:decline|reject)|i (?:decline|reject)|decline (?:the|your|this) (?:offer|quotation|quote)|not (?:interested|ordering))\b/;
/** An acceptance with changes is a new offer (section 150 (2) BGB), and a question is none. */
const DOUBT =
  /\?|\b(?:nicht|nie|kein\w*|aber|wenn|falls|sofern|jedoch|außer|statt|anstatt|ändern|geändert|rabatt|not|no|don't|won't|but|if|unless|except|instead|change|discount|provided)\b/;

/** @returns null when it is neither, or not clearly so */
export function readAnswer(text: string): "accept" | "decline" | null {
  const said = fold(text);
  if (said.length > MOST_CHARACTERS) return null;
  if (DECLINE.test(said)) return said.includes("?") ? null : "decline";
  return ACCEPT.test(said) && !DOUBT.test(said) ? "accept" : null;
}

const YES =
  /^(?:ja|jawohl|jo|yes|yep|ok|okay|genau|richtig|stimmt|correct|confirmed|bestätigt|einverstanden|agreed)?(?:[,.! ]+(?:ja|bitte|gerne?|bestellen|verbindlich|verbindlich bestellen|so bestellen|please|order|place the order|passt|danke|thanks|thank you))*[.! ]*$/;
const NO =
  /^(?:nein|nö|ne|nee|no|nope|stopp?|abbrechen|cancel|lieber nicht|doch nicht|not now)(?:[,.! ]+(?:danke|thanks|thank you|doch nicht|lieber nicht))*[.! ]*$/;

/** The last word on an order. An order's own words count as a yes. */
export function readYesNo(text: string): "yes" | "no" | null {
  const said = fold(text);
  if (said === "" || said.length > MOST_CHARACTERS) return null;
  if (NO.test(said)) return "no";
  if (YES.test(said)) return "yes";
  return readAnswer(text) === "accept" ? "yes" : null;
}

/** A quotation's number in a text, e.g. "AN-2026-0007" also as "an 2026 7". */
export function namesNumber(text: string, number: string): boolean {
  const key = serialKey(text);
  return serialKey(number) !== "" && key.includes(serialKey(number));
}

const TROUBLE =
  /\b(?:steht(?: still)?|stillstand|läuft nicht|geht nicht|kaputt|defekt\w*|ausgefallen|ausfall|störung|gestört|streikt|klemmt|blockiert|fehler\w*|notaus|leckt|brennt|down|stopped|broken|fault\w*|failure|failed|error|jammed|not running|doesn't run|won't start|out of order)\b/;
const MACHINE = /\b(?:maschinen?|anlage|presse|automat|machine|press|unit)\b/;
const FINISHED = /\b(?:läuft wieder|geht wieder|behoben|erledigt|running again|fixed|solved|resolved)\b/;

export interface MachineWord {
  /** Keys of everything that may be a serial number, in the order in which they stand. */
  keys: readonly string[];
  /** It says that it is about a machine; a number alone may be anything. */
  isMachine: boolean;
}

/** @returns null when no machine stands still in this text */
export function readMachineDown(text: string): MachineWord | null {
  const said = fold(text);
  if (said.length > 2_000 || FINISHED.test(said) || !TROUBLE.test(said)) return null;
  const keys = [...said.matchAll(/[\p{L}\p{N}][\p{L}\p{N}./_-]{1,59}/gu)]
    .map(([word]) => serialKey(word))
    .filter((key) => /\d/.test(key) && key.length >= 2);
  const isMachine = MACHINE.test(said);
  return keys.length > 0 || isMachine ? { keys: [...new Set(keys)], isMachine } : null;
}
