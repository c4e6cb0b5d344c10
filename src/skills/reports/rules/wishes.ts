import { fold } from "./words.ts";

/** Wishes of a reporter that need no model: whole sentences only, so that nobody is kept from asking something else. */

const START: Readonly<Record<"de" | "en", RegExp>> = {
  de: /^(?:(?:(?:ich|wir) )?(?:(?:moechte|moechten|will|wollen|muss|muessen|wuerde gern) |kann ich )?(?:hier |gern )?(?:etwas|was|eine stoerung|einen schaden|einen mangel|ein problem) melden|(?:eine |neue )?meldung(?: machen| aufgeben)?)(?: bitte)?$/,
  en: /^(?:(?:i|we) (?:want|would like|d like|need) to |can i |please )?(?:report (?:something|a problem|an issue|a fault|damage)|(?:make a |new )report)(?: please)?$/,
};
const CANCEL =
  /^(?:bitte )?(?:abbrechen|abbruch|abbrich|vergiss es|vergessen sie es|lieber nicht|doch nicht|cancel(?: that| it)?|never ?mind|forget it)(?: bitte| please)?$/;
const PERSON =
  /\b(?:mensch(?:en)?|mitarbeiter(?:in)?|sachbearbeiter(?:in)?|human|(?:real|a|with a) person|agent|somebody real)\b/;
const NO_PHOTO =
  /^(?:ohne(?: foto| bild)?|kein(?:e|en|s)?(?: foto| bild)?|nein(?: danke)?|hab(?:e)? ich nicht|no(?: photo| picture)?(?: thanks)?|without(?: photo| picture)?|none|skip|weiter)$/;
const YES = /^(?:ja|ja bitte|ja gern|gern|gerne|ok|okay|einverstanden|yes|yes please|sure|agreed)$/;
const NO = /^(?:nein|nein danke|nee|lieber nicht|no|no thanks|no thank you)$/;

/** @returns the language in which somebody wants to report something, unsaid what; null otherwise */
export function readStart(text: string): "de" | "en" | null {
  const folded = fold(text);
  if (START.de.test(folded)) return "de";
  return START.en.test(folded) ? "en" : null;
}

export const wantsOut = (text: string): boolean => CANCEL.test(fold(text));
export const wantsPerson = (text: string): boolean => PERSON.test(fold(text));
export const hasNoPhoto = (text: string): boolean => NO_PHOTO.test(fold(text));
export const isQuestion = (text: string): boolean => /\?\s*$/.test(text);

export function readYesNo(text: string): "yes" | "no" | null {
  const folded = fold(text);
  if (YES.test(folded)) return "yes";
  return NO.test(folded) ? "no" : null;
}
