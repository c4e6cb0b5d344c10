import type { Language } from "#kernel";
import { ABSENT, HAPPENED, LEAVE, NEGATED, NEIGHBOUR, TAKE_BACK, WAS_ABSENT } from "./door-wishes.ts";
import { foldWords } from "./folded.ts";
import { FEW, type Patterns, SOME } from "./patterns.ts";

/** What a message wants of a delivery. Rather too little than too much: what is not taken here, the first level answers. */

export type DeliveryWish =
  | "windows"
  | "status"
  | "change"
  | "cancel"
  | "neighbour"
  | "leave"
  | "absent"
  | "takeback";

interface ReadWish {
  readonly wish: DeliveryWish;
  readonly language: Language;
}

const GERMAN_DAY =
  "heute|heut|morgen|uebermorgen|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|woche|wochenende|abend|nachmittag";
const ENGLISH_DAY =
  "today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|weekend|evening|afternoon";
const BRING =
  "liefern|ausliefern|anliefern|zustellen|vorbeibringen|nach hause bringen|zu mir bringen|zu uns bringen";

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
      ` (?:wann?|ab wann|wie schnell|wie bald)${FEW} (?:koennen|koennt|koennten|koenntet|kann|wuerden|wuerdet|wollen) (?:sie|ihr|man)${SOME} (?:${BRING}) `,
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
    new RegExp(`^ (?:is )?(?:a )?delivery (?:on )?(?:${ENGLISH_DAY})${FEW} (?:possible|available) $`, "u"),
    new RegExp(` (?:need|want|like)${FEW} (?:it|this|that|them) delivered${FEW} (?:${ENGLISH_DAY}) `, "u"),
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
    new RegExp(` (?:sage|sagen)${FEW} (?:lieferung|zustellung)${FEW} ab `, "u"),
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
    new RegExp(
      ` (?:koennen|koennten|koennt|koenntet|kann|koennte) (?:sie|ihr|der kurier|der fahrer|der bote)${FEW} (?:erst|schon) (?:nach|ab|vor|um|gegen) \\d{1,2}${FEW} (?:kommen|liefern|bringen|vorbeikommen) `,
      "u",
    ),
    new RegExp(
      ` (?:lieber|besser|stattdessen)(?: erst| am)* (?:${GERMAN_DAY})${FEW} (?:liefern|kommen|bringen|zustellen) `,
      "u",
    ),
    /^ (?:bitte |lieber |kann ich |geht )?(?:einen |ein |eine )?(?:anderen tag|anderen abend|andere uhrzeit) (?:bitte |haben |nehmen |waehlen )?$/,
    /^ (?:bitte )?(?:verschieben|umbuchen)(?: bitte)? $/,
  ],
  en: [
    new RegExp(` (?:move|reschedule|postpone|change|shift|push)${FEW} ${ENGLISH_THING} `, "u"),
    new RegExp(
      ` (?:move|reschedule|postpone|shift|push) (?:it|this|that)? ?(?:back )?(?:to|until)${FEW} (?:${ENGLISH_DAY}|later|\\d{1,2}) `,
      "u",
    ),
    new RegExp(` ${ENGLISH_THING}${FEW} (?:come|deliver)? ?(?:later|earlier) `, "u"),
    new RegExp(` (?:${ENGLISH_DAY})(?: [\\p{L}]+)? instead `, "u"),
    /^ (?:please )?(?:move|reschedule) it(?: please)? $/,
  ],
};

/** Another door, or what is brought: no other evening changes that. */
const OTHER_CHANGE =
  / (?:\p{L}*adresse|\p{L}*anschrift|hausnummer|name|namen|inhalt|menge|address|name|content|quantity) /u;

const GERMAN_GOODS =
  "(?:lieferung|zustellung|kurier|kurierin|fahrer|fahrerin|bote|paket|sendung|ware|lieferant)";
const ENGLISH_GOODS = "(?:delivery|courier|driver|parcel|package)";
const STATUS: Patterns = {
  de: [
    new RegExp(` wo (?:bleibt|ist|steckt|sind|bleiben)${FEW} ${GERMAN_GOODS} `, "u"),
    new RegExp(` wann (?:kommt|kommen|ist|wird|trifft)${FEW} ${GERMAN_GOODS} `, "u"),
    new RegExp(` (?:kommt|kommen)${FEW} ${GERMAN_GOODS}${FEW} (?:heute|noch|bald|puenktlich|morgen) `, "u"),
    / wann (?:sind sie|seid ihr|ist er|kommen sie|kommt ihr|kommt er|ist es)(?: (?:denn|bei mir|bei uns|endlich|ungefaehr|etwa|ca|circa|genau|heute|heut|zu mir|zu uns))* (?:da )?$/,
    new RegExp(` um (?:wie ?viel|welche) uhr (?:kommt|kommen|ist|wird)${FEW} ${GERMAN_GOODS} `, "u"),
    new RegExp(` wie lange${FEW} noch${SOME} ${GERMAN_GOODS} `, "u"),
    new RegExp(` (?:ist|sind)${FEW} ${GERMAN_GOODS}${FEW} (?:unterwegs|auf dem weg|losgefahren) `, "u"),
    new RegExp(` ${GERMAN_GOODS}${FEW} nicht (?:da|hier|gekommen|angekommen|erschienen|aufgetaucht) `, "u"),
    new RegExp(
      `^(?!.* (?:wochen?|monate?n?|tagen?) ).* (?:warte|warten)${SOME} auf${FEW} ${GERMAN_GOODS} `,
      "u",
    ),
    new RegExp(` klappt${FEW} (?:lieferung|zustellung) `, "u"),
    / (?:niemand|keiner)(?: [\p{L}]+){0,3} (?:gekommen|erschienen|aufgetaucht) /u,
    /^ (?:hallo |hi |moin )?kommt(?: (?:heute|heut|noch))* jemand(?: (?:heute|noch|vorbei))* $/,
    new RegExp(` wann war${FEW} (?:lieferung|zustellung) `, "u"),
  ],
  en: [
    new RegExp(` where(?:s| is)${FEW} ${ENGLISH_GOODS} `, "u"),
    new RegExp(` when (?:will|is|does|do)${FEW} ${ENGLISH_GOODS} `, "u"),
    / when will (?:you|he|she|it) (?:be here|arrive|come) /,
    new RegExp(` is (?:the|my) ${ENGLISH_GOODS}${FEW} (?:coming|on its way|on time) `, "u"),
    new RegExp(` what time (?:is|will|does|do)${FEW} ${ENGLISH_GOODS} `, "u"),
    new RegExp(
      ` ${ENGLISH_GOODS}${FEW} (?:hasnt|has not|didnt|did not|never|isnt|is not)${FEW} (?:come|came|arrived?|here|shown up|show up|turned up) `,
      "u",
    ),
    / (?:nobody|no one)(?: has)? (?:came|come|showed up|shown up|turned up) /,
    new RegExp(` (?:waiting|wait) for${FEW} ${ENGLISH_GOODS} `, "u"),
    /^ (?:whats the |what is the |any )?eta(?: please)? $/,
  ],
};
/** Of stock, or of what comes some other time. */
const OTHER_COMING =
  / (?:wieder|rein|reinkommt|lager|verfuegbar|nachlieferung|neue|neuen|naechste|naechsten|back in stock|in stock|next) /;

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
  const mayNote = !HAPPENED.test(said) && !NEGATED.test(said);
  return (
    found(said, "takeback", TAKE_BACK) ??
    found(said, "cancel", CANCEL) ??
    (mayNote ? (found(said, "neighbour", NEIGHBOUR) ?? found(said, "leave", LEAVE)) : null) ??
    (WAS_ABSENT.test(said) ? null : found(said, "absent", ABSENT)) ??
    (OTHER_CHANGE.test(said) ? null : found(said, "change", CHANGE)) ??
    (OTHER_COMING.test(said) ? null : found(said, "status", STATUS))
  );
}

function found(said: string, wish: DeliveryWish, patterns: Patterns): ReadWish | null {
  for (const language of ["de", "en"] as const)
    if (patterns[language].some((pattern) => pattern.test(said))) return { wish, language };
  return null;
}
