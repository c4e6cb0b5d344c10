import { fold, MAX_TEXT_LENGTH } from "../../engine/index.ts";
import { ALL_NUMBER_WORDS, ALL_ORDINAL_WORDS } from "./numbers.ts";

/** Every way to name a moment has a figure, a number in words, or one of these or {@link FAMILIES}, folded. */
const WORDS = `stunde stunden std hour hours min minute minuten minutes viertelstunde dreiviertelstunde
  halb half viertel dreiviertel quarter uhr clock oclock mitternacht midnight mittag mittags noon midday
  vormittag vormittags morning nachmittag nachmittags afternoon evening tonight morgens frueh fruehe feierabend
  heute morgen tomorrow tommorrow tomorow tommorow uebermorgen gestern vorgestern
  week weeks month months weekend wochenende year years jahren feiertagen
  mon tue tues wed thur thurs fri sat
  januar jaenner january jan februar feber february feb maerz march april apr mai may juni june juli july august aug
  september sept oktober october okt oct november nov dezember december dez dec
  christmas xmas weihnachten weihnachtstagen silvester sylvester neujahr neujahrs nikolaus halloween allerheiligen
  epiphany ostern easter himmelfahrt pfingsten whitsun pentecost fronleichnam corpus`.split(/\s+/);
/** Days of the week and feast days by their ending; "tagelang", "wochen", "monatsende" by their beginning. */
const FAMILIES = /^(?:tag|woche|monat)|(?:tag|woch|abend|day)s?$/;
/** What a number may be written together with: "vieruhr", "fourpm". */
const AFTER_NUMBER = ["", "uhr", "oclock", "clock", "am", "pm"];

const TIME_WORDS: ReadonlySet<string> = new Set([
  ...WORDS,
  ...ALL_ORDINAL_WORDS,
  // "Ein" says nothing without a unit, and stands in every second message.
  ...ALL_NUMBER_WORDS.filter((word) => word !== "ein").flatMap((word) =>
    AFTER_NUMBER.map((end) => word + end),
  ),
]);

/**
 * Whether a text can name a moment at all: most do not, and trying every form on them takes longer than the classifier.
 * True too often, never false where a form would match.
 */
export function mayNameTime(text: string): boolean {
  // Longer texts are not folded in one piece.
  if (text.length > MAX_TEXT_LENGTH) return true;
  const said = fold(text);
  if (/\d/.test(said) || said.includes("after work")) return true;
  return said.match(/[a-z]{3,}/g)?.some((word) => TIME_WORDS.has(word) || FAMILIES.test(word)) ?? false;
}
