import { foldWords } from "./folded.ts";

/** What a courier writes in a round instead of opening the page: few words, in German or English; everything else is not meant. */

type Plain = "next" | "not_there" | "refused" | "start" | "undo" | "help";

export type CourierSaid =
  | { [Word in Plain]: { readonly says: Word } }[Plain]
  | { readonly says: "done"; readonly code: string | null; readonly isOfAge: boolean }
  | { readonly says: "neighbour"; readonly name: string }
  | { readonly says: "left"; readonly place: string }
  /** What the customer gives back; `why` it was not taken along, "" where it was. */
  | { readonly says: "took"; readonly isTaken: boolean; readonly why: string }
  | { readonly says: "delay"; readonly minutes: number }
  | { readonly says: "back"; readonly isSure: boolean };

const NAME_CHARACTERS = 80;
const MINUTES_MOST = 240;

const WORDS: readonly (readonly [RegExp, Plain])[] = [
  [
    /^(weiter|naechster?|naechster? stopp|naechste adresse|next|next stop|was jetzt|wohin|wo als naechstes)$/,
    "next",
  ],
  [
    /^((es )?(ist )?(nicht|niemand|keiner) da|niemand (zu hause|oeffnet)|nicht angetroffen|not there|nobody (there|home|at home)|not (at )?home)$/,
    "not_there",
  ],
  [
    /^((annahme |wird )?verweigert|nicht angenommen|will es nicht|refused|(does not|doesnt) want it)$/,
    "refused",
  ],
  [/^(start|los|losgefahren|ich fahre los|beginn|go|set off|leaving)$/, "start"],
  [/^(rueckgaengig|zuruecknehmen|das war falsch|undo|that was wrong)$/, "undo"],
  [/^(befehle|hilfe|help|commands)$/, "help"],
];

const DONE = /^(?:done|erledigt|uebergeben|abgegeben|delivered|handed over)(?<rest> .+)?$/;
const AGE = / (?:alter|ausweis|age|id) (?:ok|geprueft|gesehen|checked|seen)/;
const CODE = /^ ?(?:code )?(\d ?\d ?\d ?\d)$/;
const DELAY =
  /^(?:stau|verspaetung|delay|traffic|late|spaeter|later)(?: um| by)? (\d{1,3})(?: ?(?:min|minuten|minutes|mins))?$|^(\d{1,3}) ?(?:min|minuten|minutes|mins) (?:spaeter|verspaetung|stau|late|later|delay)$/;
const BACK =
  /^(?:(?:wieder )?zurueck(?: im depot)?|wieder da|feierabend|back(?: at the depot)?)( beenden| trotzdem| anyway)?$/;
/** With the words as they were written: a name is kept as it is. */
const NEIGHBOUR =
  /^\s*(?:beim|bei der|bei|an den|an die|an|with the|with|to the|to)?\s*(?:nachbarn|nachbarin|nachbar|neighbour|neighbor)[\s:,]+(\S.*)$/iu;
const LEFT = /^\s*(?:abgelegt|abgestellt|left(?: it)?(?: at)?)[\s:,]+(\S.*)$/iu;

const TOOK = /^(?:(?:habe ich |hab ich )?mitgenommen|taken along|took it(?: along)?)$/;
const NOT_TAKEN = /^\s*(?:nicht mitgenommen|not taken(?: along)?|left it behind)(?:[\s:,]+(\S.*))?$/iu;
const WHY_CHARACTERS = 200;

/** @returns null for anything else: it goes the way of every message */
export function readCourierWords(text: string): CourierSaid | null {
  const folded = foldWords(text).trim();
  if (folded === "") return null;
  const plain = WORDS.find(([pattern]) => pattern.test(folded));
  if (plain) return { says: plain[1] };
  return (
    readTook(folded, text) ?? readDone(folded) ?? readDelay(folded) ?? readBack(folded) ?? readNamed(text)
  );
}

function readTook(folded: string, text: string): CourierSaid | null {
  if (TOOK.test(folded)) return { says: "took", isTaken: true, why: "" };
  const match = NOT_TAKEN.exec(text);
  return match && { says: "took", isTaken: false, why: (match[1] ?? "").trim().slice(0, WHY_CHARACTERS) };
}

function readDone(folded: string): CourierSaid | null {
  const match = DONE.exec(folded);
  if (!match) return null;
  const rest = match.groups?.rest ?? "";
  const isOfAge = AGE.test(rest);
  const left = rest.replace(AGE, "");
  if (left.trim() === "") return { says: "done", code: null, isOfAge };
  const code = CODE.exec(left)?.[1]?.replaceAll(" ", "");
  return code ? { says: "done", code, isOfAge } : null;
}

function readDelay(folded: string): CourierSaid | null {
  const [, before, behind] = DELAY.exec(folded) ?? [];
  const minutes = Number(before ?? behind ?? 0);
  return minutes >= 1 && minutes <= MINUTES_MOST ? { says: "delay", minutes } : null;
}

function readBack(folded: string): CourierSaid | null {
  const match = BACK.exec(folded);
  return match && { says: "back", isSure: match[1] !== undefined };
}

function readNamed(text: string): CourierSaid | null {
  const name = NEIGHBOUR.exec(text)?.[1]?.trim().slice(0, NAME_CHARACTERS);
  if (name && !/\?\s*$/.test(text)) return { says: "neighbour", name };
  const place = LEFT.exec(text)?.[1]?.trim().slice(0, NAME_CHARACTERS);
  return place && !/\?\s*$/.test(text) ? { says: "left", place } : null;
}
