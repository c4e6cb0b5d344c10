import { cutText } from "../cutting/index.ts";
import { oneLine } from "../one-line.ts";

/** What an example is cut to: a question of a story, not the story. */
const EXAMPLE_CHARACTERS = 220;
const LEAST_WORDS = 2;
/** Said without a matter. */
const COURTESY =
  /^(?:(?:hallo|hi|hey|moin|servus|guten (?:tag|morgen|abend)|hello|good (?:morning|afternoon|evening)|ok(?:ay|e)?|alles klar|super|prima|perfekt|gerne?|ja|nein|yes|no|great|perfect|sure|(?:vielen |herzlichen |besten )?dank(?:e)?(?:\s?sch(?:ö|oe)n| sehr)?|thanks?(?: you)?(?: (?:so|very) much)?|cheers|bis (?:dann|später|morgen)|see you|siehe (?:betreff|oben)|s\.? ?o\.?)[\s,.!:)-]*)+$/iu;

/** Closings that are no closing of a sentence: alone on a line, with only a name and an address below. */
const THANKS_LINE =
  /^\s*(?:(?:vielen |herzlichen |besten |lieben |schönen )?dank(?:e)?(?:\s?sch(?:ö|oe)n)?(?: im voraus| schon mal| vorab)?(?:,? (?:und|&|mit)? ?(?:(?:viele|liebe|beste|schöne) )?(?:gr(?:ü|ue)(?:ß|ss)en?|gru(?:ß|ss)|lg|vg))?|(?:many |kind )?thanks(?: (?:in advance|a lot|so much))?(?: and (?:kind |best )?regards)?|thank you(?: (?:in advance|very much))?|cheers|ta)[\s,.!:)-]*$/imu;
const BELOW_LINES = 8;
const BELOW_CHARACTERS = 70;

/** The writer's own words, also without "Danke und Gruß" and what stands below it. */
export function ownWordsOf(text: string): string {
  const match = THANKS_LINE.exec(text);
  if (match === null || match.index === 0) return cutText(text).own;
  const below = text
    .slice(match.index + match[0].length)
    .split("\n")
    .filter((line) => line.trim() !== "");
  const isSignature =
    below.length <= BELOW_LINES &&
    below.every((line) => line.length <= BELOW_CHARACTERS && !line.includes("?"));
  return cutText(isSignature ? text.slice(0, match.index) : text).own;
}

/**
 * A message as one example: the writer's own words; of a long one the sentences that ask or wish, and where there is none
 * its beginning.
 * @param own what `ownWordsOf` gives
 * @returns "" where nothing is asked
 */
export function gistOf(own: string): string {
  const { parts } = cutText(own);
  const whole = oneLine(own);
  if (COURTESY.test(whole) || (whole.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < LEAST_WORDS) return "";
  if (whole.length <= EXAMPLE_CHARACTERS) return whole;
  const asking = parts.filter(({ isQuestion }) => isQuestion).map((part) => oneLine(part.text));
  let gist = "";
  for (const part of asking)
    if (gist.length + part.length < EXAMPLE_CHARACTERS) gist = gist === "" ? part : `${gist} ${part}`;
  return gist === "" ? atWord(whole, EXAMPLE_CHARACTERS) : gist;
}

/** Tells that somebody will answer, and nothing else. */
const HOLDING =
  /(?:melde[nt]? (?:mich|uns|sich)|kläre[n]? (?:ich|wir|das)|gebe[n]? (?:ich |wir |das |es )*(?:an|weiter)|leite[n]? (?:ich |wir |das |es |ihre )*\S* ?weiter|kümmer[en]+ (?:mich|uns)|rufen (?:wir )?sie (?:\S+ )?(?:an|zurück)|(?:get|come) back to you|be in touch|pass (?:this|it) on|look into (?:this|it)|let me (?:find out|check)|ring you|call you back)/iu;
const HOLDING_CHARACTERS = 160;

/** Is it a promise to answer rather than an answer? */
export function isHolding(answer: string): boolean {
  return answer.length <= HOLDING_CHARACTERS && HOLDING.test(answer);
}

/** An answer without greeting and signature, its lines kept. @param own what `ownWordsOf` gives */
export function answerOf(own: string): string {
  return own
    .replace(/[ \t]+/g, " ")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

/** Cut after a whole word. */
export function atWord(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const cut = text.slice(0, characters);
  const blank = cut.lastIndexOf(" ");
  return (blank > characters / 2 ? cut.slice(0, blank) : cut).toWellFormed();
}
