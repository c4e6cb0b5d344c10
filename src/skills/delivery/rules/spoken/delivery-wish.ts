import type { Language } from "#kernel";
import { foldWords } from "./folded.ts";

/** What a message wants of a delivery. Rather too little than too much: what is not taken here, the first level answers. */

export type DeliveryWish = "windows" | "status" | "change" | "cancel" | "neighbour" | "absent";

interface ReadWish {
  readonly wish: DeliveryWish;
  readonly language: Language;
}

type Patterns = Readonly<Record<Language, readonly RegExp[]>>;

/** Up to so many words between two that belong together. */
const FEW = "(?: [\\p{L}\\p{N}]+){0,4}?";
const SOME = "(?: [\\p{L}\\p{N}]+){0,7}?";
const GERMAN_DAY =
  "heute|morgen|uebermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|woche|wochenende|abend|nachmittag";
const ENGLISH_DAY =
  "today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|weekend|evening|afternoon";
const BRING = "liefern|ausliefern|anliefern|zustellen|vorbeibringen";

/** Is about another matter, whatever else it looks like. */
const OTHER_MATTER =
  / (?:\p{L}*anruf\p{L}*|\p{L}*rueckruf\p{L}*|anrufen|zurueckrufen|telefon\p{L}*|call|phone|termin|appointment|bestellung|bestellungen|order|orders|auftrag|vertrag|abo|abonnement|contract|subscription|rechnung|invoice|zahlung|payment|rueckgabe|retoure|reklamation|return|refund|angebot|offer|quote|information|informationen|zuruecknehmen|kuendigen|kuendigung) /u;
const NAMES_ORDER =
  / (?:bestell|auftrags|sendungs|rechnungs|tracking|order)(?:nr|nummer|number|no) | (?:nr|nummer|number) \d| (?!(?:nach|in|aus|um|ab|am|bis|plz|und|to|at|on|by|for|and|weg|str|ring|hof|ufer|kamp|damm) )[a-z]{1,4} ?\d{3,} /;
/** Order, invoice, call …: whatever was asked, this is no answer to it. */
export const isOfOtherMatter = (text: string): boolean => OTHER_MATTER.test(foldWords(text));
/** A number of pieces: a question of stock and lead time. */
const QUANTITY =
  / \d{2,4} (?!uhr |h |bis |to |und |and |\d|stunden |tagen? |minuten |am |pm |oclock |januar|februar|maerz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december)\p{L}{3,}/u;
const PRICE = / (?:kostet|kosten|preis|wie ?viel|teuer|how much|cost|costs|price|fee) /;
/** Who complains wants no window. */
const COMPLAINT =
  / (?:endlich|warum|wieso|weshalb|nicht|nie|noch immer|immer noch|finally|still|why|not|never|cant|dont|havent|hasnt) /;

const WINDOWS: Patterns = {
  de: [
    new RegExp(
      ` (?:wann|ab wann|wie schnell|wie bald)${FEW} (?:koennen|koennt|koennten|koenntet|kann|wuerden|wuerdet|wollen) (?:sie|ihr|man)${SOME} (?:${BRING}) `,
      "u",
    ),
    / wann (?:liefern sie|liefert ihr|stellen sie zu|bringen sie es) (?:das |es |aus |vorbei |nach hause |frueh?estens )?$/,
    new RegExp(` wann (?:kann|koennte|koennten|koennen)${FEW} geliefert werden `, "u"),
    new RegExp(
      ` (?:koennen|koennt|koennten|koenntet|wuerden|wuerdet) (?:sie|ihr)${SOME} (?:${GERMAN_DAY})${FEW} (?:${BRING}) `,
      "u",
    ),
    / (?:koennen|koennt|koennten|koenntet) (?:sie|ihr) (?:mir |uns )?(?:das |es |sie |ihn )?(?:auch |bitte )?(?:zu mir |zu uns )?(?:nach hause )?(?:liefern|vorbeibringen) $/,
    new RegExp(
      ` (?:liefern sie|liefert ihr)(?: (?:das|es|mir|uns|auch|noch|am|an|diese|dieses))* (?:${GERMAN_DAY}) `,
      "u",
    ),
    new RegExp(
      ` (?:moechte|will|wuerde|kann ich|koennte ich|bitte)${FEW} (?:liefern lassen|nach hause liefern) `,
      "u",
    ),
    new RegExp(
      ` (?:liefertermin|lieferfenster|zustelltermin|liefertag|zeitfenster fuer (?:die|eine) lieferung)${FEW} (?:vereinbaren|ausmachen|buchen|waehlen|reservieren|abmachen|finden) `,
      "u",
    ),
    / (?:welche|was fuer) (?:lieferfenster|liefertermine|zustellfenster) /,
    new RegExp(
      ` (?:ist|waere|wann waere|wann ist|geht) (?:eine |die )?(?:lieferung|zustellung)${FEW} (?:moeglich|frei) `,
      "u",
    ),
    new RegExp(`^ (?:lieferung|zustellung)${FEW} (?:${GERMAN_DAY})${FEW} moeglich $`, "u"),
  ],
  en: [
    new RegExp(
      ` (?:when|what time|how soon|what day) (?:can|could|would) (?:you|u|they)${FEW} (?:deliver|bring it|drop it off) `,
      "u",
    ),
    / when (?:can|could) (?:i|we) (?:have|get) (?:it|this|that|them) delivered /,
    / when (?:can|could) (?:it|this|that|they) be delivered /,
    new RegExp(` (?:can|could|would|will|do) you${FEW} deliver${FEW} (?:${ENGLISH_DAY}) `, "u"),
    / (?:can|could) you (?:please )?deliver (?:it|this|that|them) (?:to (?:me|us|my (?:home|house|flat|place|address)) )?$/,
    new RegExp(
      ` (?:book|choose|arrange|schedule|pick|select|reserve)${FEW} delivery (?:slot|window|time|day|date)? ?`,
      "u",
    ),
    / (?:which|what) delivery (?:slots|windows|times) /,
    new RegExp(` is (?:a )?delivery (?:possible|available)${FEW} (?:${ENGLISH_DAY}) `, "u"),
  ],
};

const GERMAN_THING =
  "(?:lieferung|zustellung|liefertermin|lieferfenster|zustellfenster|lieferzeit|kurier|kurierin|fahrer|fahrerin|bote)";
const ENGLISH_THING = "(?:delivery|slot|window|courier|driver)";

const CANCEL: Patterns = {
  de: [
    new RegExp(` ${GERMAN_THING}${FEW} (?:absagen|stornieren|abbestellen|canceln|streichen) `, "u"),
    new RegExp(` (?:absagen|stornieren|abbestellen|canceln|streichen)${FEW} ${GERMAN_THING} `, "u"),
    new RegExp(
      ` (?:brauche|brauchen|moechte|moechten)${FEW} (?:keine|die) (?:lieferung|zustellung) (?:mehr|nicht mehr) `,
      "u",
    ),
    /^ (?:bitte )?(?:absagen|stornieren)(?: bitte)? $/,
  ],
  en: [
    new RegExp(` cancel${FEW} ${ENGLISH_THING} `, "u"),
    / (?:dont|do not|no longer) need (?:the |a |my )?delivery /,
    /^ (?:please )?cancel it $/,
  ],
};

const GERMAN_MOVE = "(?:verschieben|verlegen|umbuchen|aendern|tauschen|vorziehen)";
const CHANGE: Patterns = {
  de: [
    new RegExp(` ${GERMAN_THING}${SOME} ${GERMAN_MOVE} `, "u"),
    new RegExp(` ${GERMAN_MOVE}${FEW} ${GERMAN_THING} `, "u"),
    new RegExp(
      ` (?:kann|koennen|koennte|koennten|bitte|moechte|moechten|muss|muessen|wuerde)${SOME} auf${FEW} (?:${GERMAN_DAY}|\\d{1,2}|spaeter)${SOME} (?:verschieben|verlegen|umbuchen) `,
      "u",
    ),
    / (?:anderes|ein anderes|neues) (?:lieferfenster|zeitfenster|fenster) | andere[nr]? (?:liefertag|lieferzeit|liefertermin) /,
    new RegExp(
      ` (?:kurier|kurierin|fahrer|fahrerin|bote|lieferung|sie)${FEW} (?:spaeter|frueher|lieber)${FEW} (?:kommen|liefern|bringen) `,
      "u",
    ),
  ],
  en: [
    new RegExp(` (?:move|reschedule|postpone|change|shift|push)${FEW} ${ENGLISH_THING} `, "u"),
    new RegExp(
      ` (?:move|reschedule|postpone|shift|push) (?:it|this|that)? ?(?:back )?(?:to|until)${FEW} (?:${ENGLISH_DAY}|later|\\d{1,2}) `,
      "u",
    ),
    new RegExp(` ${ENGLISH_THING}${FEW} (?:come|deliver)? ?(?:later|earlier) `, "u"),
  ],
};

const NEIGHBOUR: Patterns = {
  de: [
    / (?:bei|beim|zum|zur|an|dem|der|den|meinem|meiner|unserem|unserer) (?:\p{L}+ )?(?:nachbar|nachbarn|nachbarin|nachbarschaft) .*(?:abgeben|geben|lassen|legen|stellen|hinterlegen|abliefern|zustellen|bringen) /u,
    / (?:geben|gib|gebt|lassen|lass|lasst|legen|stellen|bringen|liefern)(?: [\p{L}]+){0,5} (?:nachbar|nachbarn|nachbarin|nachbarschaft) /u,
    /^ (?:bitte )?(?:zum|zur|beim|bei den|bei der) (?:nachbarn|nachbarin) $/,
  ],
  en: [
    / (?:leave|give|drop|bring|hand)(?: [\p{L}]+){0,5} (?:neighbou?rs?) /u,
    /^ (?:please )?(?:to|with) (?:the|my|our|a) neighbou?rs? $/,
  ],
};
const HAPPENED =
  / (?:wurde|wurden|haben sie|habt ihr|hat|hatte|war|waren|abgegeben|gegeben worden|was|were|did you|has|have you|got) /;

const ABSENT: Patterns = {
  de: [
    / (?:bin|sind wir|wir sind|werde|werden wir|ist)(?: [\p{L}\p{N}]+){0,5}? nicht (?:mehr )?(?:zu hause|zuhause|daheim|da|anwesend|erreichbar) /u,
    / (?:schaffe|schaffen|komme|kommen)(?: [\p{L}\p{N}]+){0,4}? nicht (?:mehr )?(?:rechtzeitig|puenktlich|nach hause) /u,
    / niemand (?:ist )?(?:zu hause|zuhause|daheim|da) /,
  ],
  en: [
    / (?:wont|will not|cant|cannot|not going to) be (?:at )?(?:home|in|there|around) /,
    / (?:im|i am|were|we are) not (?:going to be )?(?:at home|home|in|there) /,
    / (?:nobody|no one) (?:is|will be) (?:at )?(?:home|in) /,
  ],
};
const WAS_ABSENT = / (?:war|waren|gestern|was|yesterday|sind sie|seid ihr|are you) /;

const GERMAN_GOODS =
  "(?:lieferung|zustellung|kurier|kurierin|fahrer|fahrerin|bote|paket|sendung|ware|lieferant)";
const ENGLISH_GOODS = "(?:delivery|courier|driver|parcel|package)";
const STATUS: Patterns = {
  de: [
    new RegExp(` wo (?:bleibt|ist|steckt|sind|bleiben)${FEW} ${GERMAN_GOODS} `, "u"),
    new RegExp(` wann (?:kommt|kommen|ist|wird|trifft)${FEW} ${GERMAN_GOODS} `, "u"),
    new RegExp(` (?:kommt|kommen)${FEW} ${GERMAN_GOODS}${FEW} (?:heute|noch|bald|puenktlich|morgen) `, "u"),
    / wann (?:sind sie|seid ihr|ist er|kommen sie|kommt ihr|kommt er|ist es)(?: (?:denn|bei mir|bei uns|endlich))* (?:da )?$/,
    new RegExp(` wann war${FEW} (?:lieferung|zustellung) `, "u"),
  ],
  en: [
    new RegExp(` where(?:s| is)${FEW} ${ENGLISH_GOODS} `, "u"),
    new RegExp(` when (?:will|is|does|do)${FEW} ${ENGLISH_GOODS} `, "u"),
    / when will (?:you|he|she|it) (?:be here|arrive|come) /,
    new RegExp(` is (?:the|my) ${ENGLISH_GOODS}${FEW} (?:coming|on its way|on time) `, "u"),
  ],
};

/**
 * @param known has the customer a delivery that is held, booked or under way? Only then can anything of it be asked or changed
 * @returns null for what is about something else
 */
export function readDeliveryWish(text: string, { hasPromise }: { hasPromise: boolean }): ReadWish | null {
  const said = foldWords(text);
  if (said === "" || NAMES_ORDER.test(said) || OTHER_MATTER.test(said)) return null;
  if (hasPromise) {
    const standing = ofPromise(said);
    if (standing) return standing;
  }
  if (PRICE.test(said) || QUANTITY.test(said) || COMPLAINT.test(said)) return null;
  return found(said, "windows", WINDOWS);
}

/** What is taken away is looked for before what is only asked. */
function ofPromise(said: string): ReadWish | null {
  const happened = HAPPENED.test(said);
  const isPast = WAS_ABSENT.test(said);
  return (
    found(said, "cancel", CANCEL) ??
    (happened ? null : found(said, "neighbour", NEIGHBOUR)) ??
    (isPast ? null : found(said, "absent", ABSENT)) ??
    found(said, "change", CHANGE) ??
    found(said, "status", STATUS)
  );
}

function found(said: string, wish: DeliveryWish, patterns: Patterns): ReadWish | null {
  for (const language of ["de", "en"] as const)
    if (patterns[language].some((pattern) => pattern.test(said))) return { wish, language };
  return null;
}
