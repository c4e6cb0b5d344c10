import { fold, tokens } from "../engine/index.ts";

/** What must not wait for a topic: danger to people, a body that fails now, or a life that somebody wants to end. */
export type Emergency = "danger" | "illness" | "despair";

const DESPAIR =
  /(?:^| )(?:(?:will|moechte|mag|kann) (?:(?:einfach|ich|so|auch) )*nicht mehr (?:(?:weiter|laenger) )?leben|nicht mehr leben (?:will|moechte|wollen)|(?:mich|mir) (?:\S+ ){0,2}(?:umbringen|umzubringen|das leben (?:nehmen|zu nehmen))|(?:bringe?|bring) mich (?:\S+ ){0,2}um|(?:mein(?:em)?) leben (?:ein ende|beenden|zu beenden)|selbstmord|suizid(?:gedanken|al)?|(?:will|moechte) (?:(?:einfach|nur|ich) )*sterben|kill(?:ing)? myself|end(?:ing)? my (?:own )?life|suicid(?:e|al)|(?:want|wish|going) to die|dont want to (?:live|be alive)|do not want to (?:live|be alive)|(?:hurt|harm|cut)(?:ing)? myself|toedliche (?:dosis|menge)|(?:tabletten|schlaftabletten|schlafmittel|pillen|insulin) (?:\S+ ){0,4}(?:toedlich|sterbe|sterben)|(?:lethal|deadly|fatal) (?:dose|amount|overdose)|(?:dose|pills|tablets|insulin) (?:\S+ ){0,4}(?:lethal|deadly|fatal|kill me))(?= |$)/;

/** A thing that burns, smokes, gives shocks or leaks, or somebody hurt. What burns by its purpose is left out below. */
const DANGER =
  /(?:^| )(?:es brennt|brennt (?:gerade|jetzt|ab|lichterloh)|(?:akku|batterie|geraet|kabel|stecker|steckdose|ladegeraet|herd|ofen|toaster|mixer|foen|fernseher|waschmaschine|trockner|kueche|wohnung|haus|zimmer)(?: \S+){0,3} (?:brennt|qualmt|raucht|explodiert|explodierte|in flammen)|(?:ist|sind|stehen|steht|hat|fing|faengt|gerade)(?: \S+){0,2} (?:explodiert|in flammen|feuer gefangen|in brand(?: geraten)?)|stromschlag|gasgeruch|riecht (?:\S+ ){0,2}nach gas|gas (?:tritt aus|stroemt aus)|(?:bin|ist|wurde|wurden|sind|habe mich|hat sich)(?: \S+){0,6} (?:schwer )?verletzt|notarzt|blutet stark|verbrennungen|caught fire|catching fire|on fire|in flames|is burning|(?:smoke|smoking) (?:is )?(?:coming|from|out)|exploded|electric shock|gas leak|smell(?:s)? (?:of )?gas|(?:is|was|got|been|am) (?:badly |seriously )?(?:injured|hurt)|bleeding)(?= |$)/;
const HARMLESS =
  /(?:^| )(?:kerze\w*|kamin\w*|grill\w*|dvd|cd|brennt nicht|leuchtet|lampe|birne|gluehbirne|licht|candles?|fireplace|barbecue|bbq|deal|sale|gefuehle|feelings?)(?= |$)/;

/**
 * Signs that emergency services ask for, said of people only: breath, chest, consciousness, sudden palsy, seizure, poison.
 * What is long past, and what machines do, is left out below.
 */
const ILLNESS =
  /(?:^| )(?:bewusstlos|in ohnmacht|nicht (?:mehr )?ansprechbar|atemnot|erstickt|erstickungsanfall|atmet (?:\S+ )?nicht|blaue lippen|lippen (?:\S+ ){0,2}blau|brustschmerz(?:en)?|(?:schmerz(?:en)?|druck|stechen|enge) (?:\S+ ){0,2}(?:in|auf) (?:der|meiner|seiner|ihrer) brust|(?:zunge|kehle|hals) (?:\S+ ){0,2}(?:schwillt|schwellen)|allergischer schock|verdacht auf (?:einen )?(?:schlaganfall|herzinfarkt)|hilfe (?:\S+ ){0,2}(?:schlaganfall|herzinfarkt)|(?:hat|habe) (?:gerade|vielleicht|wohl|bestimmt) (?:\S+ ){0,3}(?:schlaganfall|herzinfarkt)|mundwinkel (?:\S+ ){0,2}haengt|redet (?:\S+ ){0,2}(?:wirr|wirres)|ploetzlich (?:\S+ ){0,4}(?:gelaehmt|nicht mehr (?:\S+ )?sprechen)|krampfanfall|(?:oma|opa|mann|frau|vater|mutter|sohn|tochter|kind|baby|kollege|kollegin|nachbar|nachbarin|gast) (?:\S+ ){0,6}(?:umgefallen|umgekippt|zusammengebrochen)|(?:kind|baby|sohn|tochter|enkel|enkelin) (?:\S+ ){0,5}(?:tabletten|putzmittel|reiniger|spuelmittel|batterie|knopfzelle|gift) (?:\S+ ){0,2}(?:geschluckt|verschluckt|getrunken)|(?:can not|cannot|cant) (?:\S+ )?breathe|(?:not|stopped) breathing|(?:trouble|difficulty) breathing|(?:struggling|gasping|fighting) for (?:air|breath)|struggling to breathe|choking|unconscious|passed out|chest pains?|(?:pain|pressure|tightness) (?:\S+ )?(?:in|on|across) (?:my|his|her|the) chest|(?:throat|tongue) (?:is )?(?:swelling|closing)|(?:having|suspected|maybe|possible) (?:\S+ ){0,2}(?:stroke|heart attack|seizure)|(?:slurred|slurring) (?:\S+ )?(?:speech|words)|face (?:is )?drooping|(?:dad|father|mum|mom|mother|husband|wife|son|daughter|child|baby|colleague|neighbour|guest|man|woman|he|she) (?:\S+ ){0,2}collapsed|(?:child|kid|baby|toddler|son|daughter) (?:\S+ ){0,2}(?:swallowed|drank) (?:\S+ ){0,3}(?:pills|tablets|bleach|cleaner|detergent|battery|batteries|poison))(?= |$)/;
const NO_AIR =
  /(?:^| )(?:ich|er|sie|oma|opa|mann|frau|vater|mutter|sohn|tochter|kind|baby|kleine|kleiner|kollege|kollegin|nachbar|nachbarin|gast) (?:\S+ ){0,5}(?:keine|kaum|schlecht|schwer) luft(?= |$)/;
const MACHINE =
  /(?:^| )(?:\w*(?:maschine|anlage|presse|kompressor|zylinder|ventil|pumpe|heizung|motor|druckluft)\w*|reifen|ball|matratze)(?= |$)/;
const LONG_PAST =
  /(?:^| )(?:(?:vor|seit) (?:\S+ ){0,2}(?:wochen|monat|monaten|jahr|jahren)|(?:letzte|letzten|letztes) (?:woche|monat|jahr|sommer|winter)|frueher|damals|(?:weeks?|months?|years?) ago|last (?:week|month|year|summer|winter)|(?:for|since) (?:\S+ )?(?:weeks|months|years)|history of)(?= |$)/;

/**
 * Whether a message must go to a person at once, whatever stands open.
 * @param said the message's folded words, where they are known already
 * @returns undefined for everything else; rather a false alarm too much than one too few
 */
export function readEmergency(text: string, said = tokens(fold(text)).join(" ")): Emergency | undefined {
  if (DESPAIR.test(said)) return "despair";
  if (DANGER.test(said) && !HARMLESS.test(said)) return "danger";
  const isIll = ILLNESS.test(said) || (NO_AIR.test(said) && !MACHINE.test(said));
  return isIll && !LONG_PAST.test(said) ? "illness" : undefined;
}
