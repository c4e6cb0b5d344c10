import { MAX_SEARCHED, type Span } from "../folded.ts";

export interface FoundPostcode extends Span {
  readonly postcode: string;
  /** The place's name beside it, where one is written: "20095 Hamburg". */
  readonly place?: string;
  /** Five digits and nothing else: they may be an order number as well. */
  readonly isAlone: boolean;
}

const DIGITS = /(?<![\p{L}\d.,:/+-])(?:(?:D|DE)[\s-]{1,2})?(\d{5})(?![\p{L}\d]|[.,:/-]\d)/gu;
const WORD_BEFORE = /(?:postleitzahl|plz|post\s?code|zip(?:\s?code)?)\D{0,12}$/i;
const PLACE = /^,?\s+((?:(?:Bad|St\.|Sankt|Groß|Klein|Alt|Neu)\s)?\p{Lu}\p{Ll}{2,}(?:-\p{Lu}\p{Ll}+)*)/u;
/** Words that begin a sentence after a number and are no place. */
const NO_PLACE =
  /^(?:Bitte|Danke|Vielen|Ist|Und|Aber|Wann|Wo|Wie|Was|Kann|Können|Ich|Sie|Wir|Das|Die|Der|Ihre?|Meine?|Please|Thanks|Where|When|What|How|Can|The|Is|It|And|But|Thank|Best|Viele|Liebe|Mit|Gruß|Grüße|Euro|Stück|Uhr|Bestellung|Order)$/;
/** What stands before an order number that is called so. */
export const ORDER_WORD =
  /(?:bestell|auftrag|order)\p{L}*[\s.:#-]{0,3}(?:nr|nummer|number|no)?[\s.:#]{0,3}(?:ist|lautet|is)?\s?$/iu;
/** "Lieferung nach 22765", "in 22765", "deliver to 22765": somewhere to go. */
const DIRECTION = /(?:\bnach|\bin|\baus|\bto|\bfrom|\baround|\braum|\bwohne(?: ich)? in)\s$/i;
/** Royal Mail's form; two letters and a figure make it unmistakable. */
const BRITISH = /(?<![\p{L}\d])([A-Z]{1,2}\d[A-Z\d]?)\s?(\d[A-Z]{2})(?![\p{L}\d])/iu;
/** Austria and Switzerland, four digits, only with the country's letter. */
const NEIGHBOURS = /(?<![\p{L}\d])(A|AT|CH)-\s?(\d{4})(?!\d)/u;

/**
 * A postcode: five digits before a place's name ("20095 Hamburg"), after the word for it or a direction, or alone.
 * Other five digits may be an order number and are left. British ones, and Austrian and Swiss ones with their letter.
 */
export function findPostcode(text: string): FoundPostcode | undefined {
  const searched = text.slice(0, MAX_SEARCHED);
  for (const match of searched.matchAll(DIGITS)) {
    const postcode = match[1] as string;
    const before = searched.slice(0, match.index);
    if (postcode < "01001" || ORDER_WORD.test(before)) continue;
    const after = searched.slice(match.index + match[0].length);
    const named = PLACE.exec(after)?.[1];
    const place = named !== undefined && !NO_PLACE.test(named) ? named : undefined;
    const isAlone = before.trim() === "" && /^[\s.!?]*$/.test(after) && /^\d/.test(match[0]);
    const isMeant = isAlone || place !== undefined || WORD_BEFORE.test(before) || DIRECTION.test(before);
    const end = match.index + match[0].length;
    if (isMeant || /^D/.test(match[0]))
      return { postcode, ...(place !== undefined && { place }), isAlone, start: match.index, end };
  }
  const abroad = NEIGHBOURS.exec(searched) ?? BRITISH.exec(searched);
  if (!abroad) return undefined;
  const [whole, a = "", b = ""] = abroad;
  const postcode = /^\d/.test(b) && b.length === 4 ? b : `${a} ${b}`.toUpperCase();
  return { postcode, isAlone: false, start: abroad.index, end: abroad.index + whole.length };
}
