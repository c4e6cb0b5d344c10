/** An address as people write it into a chat: street, number and postcode, in any order, and what the courier should know. */

interface AddressParts {
  readonly street: string;
  readonly number: string;
  readonly postcode: string;
  readonly town: string;
  /** "3. Stock links", "bei Petersen": for the courier. */
  readonly note: string;
}

export const NO_ADDRESS: AddressParts = { street: "", number: "", postcode: "", town: "", note: "" };

const LONGEST = 200;
const LONGEST_PART = 80;
/** What stands before an address in a sentence. */
const LEAD =
  /^(?:(?:meine?|die|unsere?|my|the|our) (?:adresse|anschrift|lieferadresse|address|delivery address) (?:ist|lautet|is)|adresse|anschrift|address|(?:ich|wir) wohnen?(?: in der| in dem| im| in| am)?|bitte (?:an|nach|zur?)|nach|an die|to|at|i live (?:in|at|on)|we live (?:in|at|on)|es geht (?:an die|an|in die|in)|ja|yes|bitte|please)\s*[:,]?\s+/iu;
/** German and French ones have five digits; four only with the country's letter or before a town. */
const POSTCODE =
  /(?<![\p{L}\d])(?:(?:D|DE|F)[\s-]{1,2})?(\d{5})(?!\d)|(?<![\p{L}\d])(?:A|AT|CH)-\s?(\d{4})(?!\d)|(?<![\p{L}\d])(\d{4})(?=\s+\p{Lu}\p{L}{2,})/u;
const TOWN =
  /^\s*(\p{Lu}[\p{L}.'’-]*(?:\s(?:(?:am|an der|bei|im|in|ob der|a\.\s?d\.)\s)?\p{Lu}[\p{L}.()/'’-]+){0,3})/u;
const POSTCODE_WORD = /\b(?:plz|postleitzahl|post ?code|zip(?: code)?)\b[\s:.]*/giu;
/** The last number of a piece: "Straße des 17. Juni 135", "Q 7 24". */
const STREET_AND_NUMBER =
  /^(.*\p{L}.*?)[\s,]+(?:nr\.?\s*|no\.?\s*)?(\d{1,4}\s?[a-z]?(?:\s?[-–/+]\s?\d{1,4}\s?[a-z]?)?)$/iu;
const NUMBER_AND_STREET = /^(\d{1,4}\s?[a-z]?)\s+(\p{L}[\p{L}\s.'’-]{3,})$/iu;
const NUMBER_ALONE =
  /^(?:(?:haus)?nummer|nr\.?|no\.?|number)?\s*(\d{1,4}\s?[a-z]?(?:\s?[-–/]\s?\d{1,4}\s?[a-z]?)?)$/iu;
const STREET_ALONE =
  /[\p{L}\s-](?:str(?:asse|aße|\.)?|weg|allee|platz|gasse|ring|damm|ufer|chaussee|stieg|twiete|kamp|hof|steig|markt|pfad|redder|street|road|lane|avenue)\.?$/iu;
const NOTE =
  /\b(?:stock|etage|og|eg|dg|hinterhaus|vorderhaus|aufgang|wohnung|whg|c\/o|bei|floor|flat|apartment|apt|klingel|links|rechts|mitte)\b/iu;

/**
 * Reads what there is of an address, beside what is known already.
 * @param before what was given earlier; a part that is written again takes its place
 * @returns null where nothing of an address is named
 */
export function readAddress(text: string, before: AddressParts = NO_ADDRESS): AddressParts | null {
  const trimmed = text.trim().replace(/\s+/g, " ");
  if (trimmed === "" || trimmed.length > LONGEST || /\?\s*$/.test(trimmed)) return null;
  const spoken = stripLead(trimmed.replace(/[.!]+$/, "").replace(POSTCODE_WORD, ""));
  const { rest, ...place } = takePostcode(spoken);
  const found = { ...NO_ADDRESS, ...place, ...readPieces(rest) };
  if (found.street === "" && found.number === "" && found.postcode === "") return null;
  const isNew = found.street !== "" && found.number !== "" && found.postcode !== "";
  return isNew ? found : merged(before, found);
}

function stripLead(text: string): string {
  let left = text;
  for (let turn = 0; turn < 3; turn++) {
    const shorter = left.replace(LEAD, "");
    if (shorter === left) break;
    left = shorter;
  }
  return left;
}

function takePostcode(text: string): { postcode: string; town: string; rest: string } {
  const match = POSTCODE.exec(text);
  if (!match) return { postcode: "", town: "", rest: text };
  const postcode = match[1] ?? match[2] ?? match[3] ?? "";
  const after = text.slice(match.index + match[0].length);
  const town = (TOWN.exec(after)?.[1] ?? "").trim().slice(0, LONGEST_PART);
  const rest = `${text.slice(0, match.index)},${after.replace(town, "")}`;
  return { postcode, town, rest };
}

function readPieces(text: string): Pick<AddressParts, "street" | "number" | "note"> {
  const pieces = text
    .split(/[,;\n]/)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
  const notes: string[] = [];
  let [street, number] = ["", ""];
  for (const piece of pieces) {
    const read = street === "" || number === "" ? readPiece(piece) : null;
    if (read && !(NOTE.test(piece) && street !== "")) {
      street ||= read.street;
      number ||= read.number;
    } else notes.push(piece);
  }
  return { street, number, note: notes.join(", ").slice(0, LONGEST_PART) };
}

function readPiece(piece: string): { street: string; number: string } | null {
  const alone = NUMBER_ALONE.exec(piece);
  if (alone) return { street: "", number: tidyNumber(alone[1]) };
  const whole = STREET_AND_NUMBER.exec(piece);
  if (whole?.[1] && !NOTE.test(piece)) return { street: tidy(whole[1]), number: tidyNumber(whole[2]) };
  const turned = NUMBER_AND_STREET.exec(piece);
  if (turned && !NOTE.test(piece)) return { street: tidy(turned[2]), number: tidyNumber(turned[1]) };
  return STREET_ALONE.test(piece) && piece.split(" ").length <= 5
    ? { street: tidy(piece), number: "" }
    : null;
}

const tidy = (text = "") =>
  text
    .trim()
    .replace(/[,\s]+$/, "")
    .slice(0, LONGEST_PART);
const tidyNumber = (text = "") => text.replace(/\s/g, "").toLowerCase();

function merged(before: AddressParts, found: AddressParts): AddressParts {
  const notes = [before.note, found.note].filter((note) => note !== "");
  return {
    street: found.street || before.street,
    number: found.number || before.number,
    postcode: found.postcode || before.postcode,
    town: found.postcode === "" ? before.town || found.town : found.town,
    note: [...new Set(notes)].join(", ").slice(0, LONGEST_PART),
  };
}

/** What is asked for next; null = it is whole. */
export function missingPart({
  street,
  number,
  postcode,
}: AddressParts): "street" | "number" | "postcode" | null {
  if (street === "") return "street";
  if (number === "") return "number";
  return postcode === "" ? "postcode" : null;
}

/** "Eppendorfer Weg 87, 20259 Hamburg" */
export function written({ street, number, postcode, town }: AddressParts): string {
  const first = [street, number].filter((part) => part !== "").join(" ");
  const second = [postcode, town].filter((part) => part !== "").join(" ");
  return [first, second].filter((part) => part !== "").join(", ");
}
