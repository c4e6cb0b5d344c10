/** What somebody who waits for a call writes about it. */

export type CallWish = "withdraw" | "change" | "ask";

const ABOUT =
  /r(?:ü|ue)ckruf|zur(?:ü|ue)ckruf|anruf|anzurufen|telefonat|\bruf(?:en|t)?\b|\b(?:call|(?:tele)?phone|ring)(?:s|ed|ing)?\b/i;

/** Cheap: does a text speak of calls at all? */
export const speaksOfCalls = (text: string): boolean => ABOUT.test(text);

const WITHDRAW: readonly RegExp[] = [
  /\b(?:r(?:ü|ue)ckruf|anruf|telefonat)\b[^.!?]{0,40}\b(?:nicht mehr (?:n(?:ö|oe)tig|gebraucht|erforderlich)|absagen|abgesagt|stornieren|streichen|erledigt|hinf(?:ä|ae)llig|zur(?:ü|ue)ckziehen|nicht n(?:ö|oe)tig|brauche? ich nicht)/i,
  /\b(?:absagen|stornieren|streichen|(?:brauche|m(?:ö|oe)chte|will|w(?:ü|ue)nsche|brauchen|m(?:ö|oe)chten|wollen) (?:ich |wir )?(?:doch |jetzt )?kein(?:en)?|ohne)\b[^.!?]{0,30}\b(?:r(?:ü|ue)ckruf|anruf|telefonat)/i,
  /\b(?:(?:bitte )?nicht (?:mehr )?(?:an|zur(?:ü|ue)ck)(?:zu)?rufen|rufen sie (?:mich |bitte )*(?:doch )?nicht|ruft (?:mich |bitte )*(?:doch )?nicht|ruf (?:mich |bitte )*(?:doch )?nicht|m(?:ü|ue)ssen (?:mich )?nicht (?:mehr )?(?:anrufen|zur(?:ü|ue)ckrufen))/i,
  /\b(?:cancel|drop|forget)\b[^.!?]{0,30}\bcall|\b(?:do ?n[o']?t|no need to|need not|please don[’']t) (?:call|ring|phone)|\bno (?:longer )?need(?:ed)? (?:for )?(?:a |the )?call|\bcall\b[^.!?]{0,20}\b(?:not needed|no longer needed|cancelled)/i,
];

const CHANGE: readonly RegExp[] = [
  /\b(?:r(?:ü|ue)ckruf|anruf|telefonat|ruf(?:en|t)?)\b[^.!?]{0,60}\b(?:lieber|erst|verschieben|sp(?:ä|ae)ter|fr(?:ü|ue)her|andere(?:n|r)? (?:zeit|termin|uhrzeit)|statt)/i,
  /\b(?:lieber|erst|verschieben|sp(?:ä|ae)ter|fr(?:ü|ue)her)\b[^.!?]{0,60}\b(?:r(?:ü|ue)ckruf|anruf|telefonat|(?:an|zur(?:ü|ue)ck)(?:zu)?rufen)\b/i,
  /\bcall\b[^.!?]{0,60}\b(?:later|earlier|instead|rather|another time|reschedule|move|postpone)|\b(?:reschedule|move|postpone|rather|later|earlier)\b[^.!?]{0,40}\bcall/i,
];

/** Who asks why nobody called wants the call: such a sentence takes nothing back, whatever else it looks like. */
const COMPLAINT =
  /\b(?:noch (?:immer )?(?:kein(?:en)?|nicht)|immer noch|bis(?:her| heute| jetzt)|warum|wieso|weshalb|vergeblich|niemand|why|still (?:no|not|waiting)|not yet|nobody|no ?one)\b/i;

const ASK =
  /\b(?:wann|wo bleibt|noch kein(?:en)?|warte)\b[^.!?]{0,40}\b(?:r(?:ü|ue)ckruf|anruf|ruf(?:en|t)?|anrufen|zur(?:ü|ue)ckrufen)|\b(?:bitte|m(?:ö|oe)chte|k(?:ö|oe)nn(?:en|t|ten)|want|please|could|can)\b[^.!?]{0,40}\b(?:r(?:ü|ue)ckruf|anrufen|zur(?:ü|ue)ckrufen|ruf(?:en|t)?|call)\b|\bwhen\b[^.!?]{0,30}\bcall|\bwaiting\b[^.!?]{0,20}\bcall/i;

/** What a message wants of the call that is promised. @returns null for what is about something else */
export function readCallWish(text: string): CallWish | null {
  if (text.length > 400 || !speaksOfCalls(text)) return null;
  const complains = COMPLAINT.test(text);
  const speaksAgainst = WITHDRAW.some((pattern) => pattern.test(text));
  if (speaksAgainst && !complains && !text.includes("?")) return "withdraw";
  if (CHANGE.some((pattern) => pattern.test(text))) return "change";
  return speaksAgainst || complains || ASK.test(text) ? "ask" : null;
}

const SHORT_CHARACTERS = 60;

/** "Morgen um 10", "Friday after 3": an answer to when it suits, if that was asked. */
export const mayBeTime = (text: string): boolean =>
  text.length <= SHORT_CHARACTERS &&
  !text.includes("?") &&
  /\d|morgen|heute|tag|woch|day|morrow|noon|week/i.test(text);

/** In answer to "when does it suit you": leave it as it is. */
export const saysLeave = (text: string): boolean =>
  /^\W*(?:nein|doch nicht|egal|lass(?:en sie)?(?: es| das)?(?: so)?|passt so|bleibt dabei|abbrechen|no|never mind|leave it|keep it|cancel)\W*$/i.test(
    text,
  );
