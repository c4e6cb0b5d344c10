import { foldWords } from "./folded.ts";

/** Short answers to a question of ours. */

const YES =
  /^(?:ja|jo|jep|jawohl|yes|yep|yeah|ok|okay|klar|gern|gerne|passt|genau|stimmt|richtig|bitte|sure|please|buchen|book it|fest buchen|einverstanden|mach(?:en sie)?(?: das)?|do it|go ahead)(?: (?:bitte|gern|gerne|danke|please|thanks|buchen|fest buchen|passt|klar|genau|stimmt|book it))*$/;
const NO =
  /^(?:nein|ne|nee|noe|no|nope|lieber nicht|doch nicht|nicht|nicht absagen|behalten|keep it|no thanks|nein danke)(?: (?:danke|bitte|thanks|lieber nicht|doch nicht|behalten))*$/;
const STOP =
  /^(?:abbrechen|abbruch|vergiss es|vergessen sie es|lass gut sein|lassen sie es|hat sich erledigt|erledigt|cancel|never mind|nevermind|forget it|stop it)$/;
const MORE =
  / (?:weitere|mehr|andere[rn]?|spaetere?|more|other|later|another) (?:tage?n?|termine?n?|fenster|zeitfenster|zeiten?|days?|windows?|slots?|dates?|times?) /;
const NOTHING_SAID =
  /^(?:egal|irgendwer|irgendein(?:er|em)?|jeder|bei jedem|alle|anyone|any|anybody|whoever|does not matter|doesnt matter)$/;
const MOST_WORDS = 8;

export type Answer = "yes" | "no" | "stop";

/** @returns null where nothing of these was said */
export function readAnswer(text: string): Answer | null {
  const said = foldWords(text).trim();
  if (said === "") return null;
  if (STOP.test(said)) return "stop";
  if (YES.test(said)) return "yes";
  return NO.test(said) ? "no" : null;
}

/** "Weitere Tage", "später", "more days". */
export function wantsMore(text: string): boolean {
  const said = foldWords(text);
  return (
    said.trim().split(" ").length <= 5 &&
    (MORE.test(said) || /^ (?:spaeter|later|more|mehr|weiter) $/.test(said))
  );
}

/** Whoever is at home will do. */
export const saysAnybody = (text: string): boolean => NOTHING_SAID.test(foldWords(text).trim());

/** "Mittwoch kann ich nicht", "not on Wednesday": names a window in order to refuse it. */
const REFUSES =
  / (?:nicht|kein\p{L}*|nie|leider|ausser|schlecht|unmoeglich|not|no|never|cant|cannot|dont|doesnt|wont|isnt|except|unfortunately|impossible|bad) /u;
export const refuses = (text: string): boolean => REFUSES.test(foldWords(text));

const COURTESY =
  /^(?:danke|dank|vielen dank|danke schoen|dankeschoen|besten dank|bitte|bitte sehr|super|prima|toll|perfekt|gut|alles klar|moment|einen moment|kurz|sekunde|thanks|thank you|thx|please|great|perfect|fine|one moment|just a moment)(?: (?:danke|vielen dank|bitte|super|prima|ihnen|euch|dir|sehr|schon mal|im voraus|thanks|please|so much|a lot|very much))*$/;
/** Says nothing that needs an answer. */
export const isCourtesy = (text: string): boolean => COURTESY.test(foldWords(text).trim());

/** Somebody who asks, or writes so much, wants something else. */
export function isAnotherMatter(text: string): boolean {
  return /\?\s*$/.test(text) || text.trim().split(/\s+/).length > MOST_WORDS;
}
