import { MAX_SEARCHED } from "../folded.ts";

/** What is cut only where enough is left to be a question. */
const ENOUGH_LETTERS = /(?:\p{L}\P{L}*){3}/u;

const QUOTED_LINE = /^\s*[>|].*$/gm;
/** From here on the mail is somebody else's, or an older one. */
const QUOTE_BEGINS = [
  /^\s*(?:am|on)\s[^\n]{5,160}(?:\n[^\n]{0,80})?(?:schrieb|wrote)[^\n]{0,80}:\s*$/im,
  /^\s*[-_]{2,}\s*(?:ursprüngliche nachricht|original message|weitergeleitete nachricht|forwarded message|original-nachricht)/im,
  /^\s*_{10,}\s*$/m,
  /^\s*(?:von|from):\s[^\n]+\n(?:\s*(?:gesendet|datum|sent|date|an|to|betreff|subject|cc):\s)/im,
];
const DEVICE =
  /^\s*(?:(?:von|vom) meinem? \S+(?: \S+)? gesendet|gesendet (?:von|mit) (?:meinem? |der |outlook|gmx|web\.de|mail)[^\n]*|sent from (?:my |outlook|mail|yahoo)[^\n]*|get outlook for[^\n]*|diese nachricht wurde von[^\n]*)$/im;
const DELIMITER = /^--\s?$/m;
const CLOSING =
  "mit (?:freundlichen|besten|lieben|herzlichen|vielen) gr(?:ü|ue)(?:ß|ss)en|mit freundlichem gru(?:ß|ss)|(?:viele|liebe|beste|herzliche|schöne|schoene|freundliche|sonnige) gr(?:ü|ue)(?:ß|ss)e?|gr(?:ü|ue)(?:ß|ss)e|gru(?:ß|ss)|m\\.?f\\.?g\\.?|lg|vg|(?:best|kind|warm|kindest|many) regards|regards|yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|all the best|best wishes";
const CLOSING_LINE = new RegExp(`^\\s*(?:${CLOSING})(?:[\\s,.!]|$)[^\\n?]*$`, "im");
const CLOSING_AT_END = new RegExp(
  `[\\s,.!?]\\s*(?:${CLOSING})[\\s,.!]*((?:\\s?[\\p{L}.'-]+){0,4})[.!]?\\s*$`,
  "iu",
);
/** Said alone, a closing is all there is. */
const ONLY_CLOSING = new RegExp(`^\\s*(?:${CLOSING})(?![\\p{L}])`, "iu");
const POSTSCRIPT = /^\s*p\.?\s?s\.?[:\s].+$/im;

const GREETING =
  "hallo|hallöchen|halli hallo|hi|hey|hej|moin moin|moin|moinsen|servus|grüezi|gr(?:ü|ue)(?:ß|ss) gott|(?:einen )?(?:schönen )?guten (?:tag|morgen|abend)|schönen guten (?:tag|morgen|abend)|hello|hiya|good (?:morning|afternoon|evening|day)|greetings";
/** "Sehr geehrte Damen und Herren," — always a whole clause, with names. */
const ADDRESS_CLAUSE =
  /^\s*(?:sehr geehrte[rsn]?|liebe[rs]?|werte[rs]?|dear|to whom it may concern)(?:\s[^\s,.!?\n:]+){0,7}\s*[,!:.\n]+\s*/iu;
const GREETING_CLAUSE = new RegExp(
  `^\\s*(?:${GREETING})(?:\\s(?!ich\\b|wir\\b|i\\b|we\\b|wann\\b|wo\\b|wie\\b|was\\b|when\\b|where\\b|how\\b|what\\b)[^\\s,.!?\\n:]+){0,4}\\s*[,!.:\\n]+\\s*`,
  "iu",
);
const GREETING_WORDS = new RegExp(
  `^\\s*(?:${GREETING})(?![\\p{L}])(?:\\s(?:zusammen|liebes team|team|leute|ihr lieben|there|all|everyone|guys|folks|ihr)(?![\\p{L}]))?[\\s,.!-]*`,
  "iu",
);
const LEAD_IN =
  /^\s*(?:(?:ich |wir )?(?:habe?n?|hätten?|hab) (?:da |mal |noch |nochmal )*(?:eine |ne |'ne |zwei |ein paar )?(?:kurze |kleine )?(?:frage|fragen|anliegen)|(?:eine )?(?:kurze |kleine |nur eine |noch eine )?frage|(?:just )?(?:a )?(?:quick |another |one )?question|i(?: have|'ve got| had)? (?:a |one |two |another )?(?:quick |short )?questions?|ich wollte (?:mal |nur )*fragen|können sie mir (?:bitte )?(?:helfen|weiterhelfen)|can (?:you|someone) help(?: me)?(?: please)?)\s*[:,.!?–-]+\s*/iu;
const THANKS_AT_END =
  /[\s,.!?]\s*(?:(?:vielen|herzlichen|besten|lieben|schönen) dank|danke(?:schön| schön| sehr)?|merci|thanks|thank you|thx|cheers|many thanks)(?:\s(?:im voraus|schon ?mal|vorab|ihnen|euch|dir|für (?:die|ihre|eure) (?:hilfe|antwort|mühe|rückmeldung)|in advance|a lot|so much|very much|for your (?:help|time)|und|and))*[\s.!,]*$/iu;

/** Everything a customer wrote, without what others wrote, greeting, signature and thanks around it. */
export function ownWords(text: string): string {
  const written = text.slice(0, MAX_SEARCHED).replace(/\r\n?/g, "\n");
  const own = keep(written, withoutQuotes(written));
  const body = keep(own, withoutSignature(own));
  return withoutFrame(body).trim();
}

/** The cut text, or the whole one where nothing would be left. */
function keep(whole: string, cut: string): string {
  return cut === whole || ENOUGH_LETTERS.test(cut) ? cut : whole;
}

function withoutQuotes(text: string): string {
  let end = text.length;
  for (const pattern of QUOTE_BEGINS) {
    const match = pattern.exec(text);
    if (match) end = Math.min(end, match.index);
  }
  return text.slice(0, end).replace(QUOTED_LINE, "");
}

function withoutSignature(text: string): string {
  const postscript = POSTSCRIPT.exec(text);
  let end = text.length;
  for (const pattern of [DELIMITER, DEVICE, CLOSING_LINE]) {
    const match = pattern.exec(text);
    // A closing in the first line is all there is, or the beginning of a sentence ("Grüße ausrichten geht wie?").
    if (match && match.index > 0) end = Math.min(end, match.index);
  }
  const isAfter = postscript !== null && postscript.index >= end;
  return text.slice(0, end) + (isAfter ? `\n${postscript[0].replace(/^\s*p\.?\s?s\.?[:\s]/i, "")}` : "");
}

/** Greeting and lead-in before, closing and thanks after; each only where a question is left. */
function withoutFrame(text: string): string {
  let rest = text;
  if (ONLY_CLOSING.test(text)) return text;
  for (const pattern of [
    ADDRESS_CLAUSE,
    GREETING_CLAUSE,
    GREETING_WORDS,
    LEAD_IN,
    CLOSING_AT_END,
    THANKS_AT_END,
  ]) {
    const cut = rest.replace(pattern, (whole) => /^[\s,.]*[?!]/.exec(whole)?.[0] ?? "");
    rest = keep(rest, cut);
  }
  return rest;
}
