import { fold, tokens } from "../engine/index.ts";

/** What must not wait for a topic: danger to people, or a life that somebody wants to end. */
export type Emergency = "danger" | "despair";

const DESPAIR =
  /(?:^| )(?:(?:will|moechte|mag|kann) (?:(?:einfach|ich|so|auch) )*nicht mehr (?:(?:weiter|laenger) )?leben|nicht mehr leben (?:will|moechte|wollen)|(?:mich|mir) (?:\S+ ){0,2}(?:umbringen|umzubringen|das leben (?:nehmen|zu nehmen))|(?:bringe?|bring) mich (?:\S+ ){0,2}um|(?:mein(?:em)?) leben (?:ein ende|beenden|zu beenden)|selbstmord|suizid(?:gedanken|al)?|(?:will|moechte) (?:(?:einfach|nur|ich) )*sterben|kill(?:ing)? myself|end(?:ing)? my (?:own )?life|suicid(?:e|al)|(?:want|wish|going) to die|dont want to (?:live|be alive)|do not want to (?:live|be alive)|(?:hurt|harm|cut)(?:ing)? myself)(?= |$)/;

/** A thing that burns, smokes, gives shocks or leaks, or somebody hurt. What burns by its purpose is left out below. */
const DANGER =
  /(?:^| )(?:es brennt|brennt (?:gerade|jetzt|ab|lichterloh)|(?:akku|batterie|geraet|kabel|stecker|steckdose|ladegeraet|herd|ofen|toaster|mixer|foen|fernseher|waschmaschine|trockner|kueche|wohnung|haus|zimmer)(?: \S+){0,3} (?:brennt|qualmt|raucht|explodiert|explodierte|in flammen)|(?:ist|sind|stehen|steht|hat|fing|faengt|gerade)(?: \S+){0,2} (?:explodiert|in flammen|feuer gefangen|in brand(?: geraten)?)|stromschlag|gasgeruch|riecht (?:\S+ ){0,2}nach gas|gas (?:tritt aus|stroemt aus)|(?:bin|ist|wurde|wurden|sind|habe mich|hat sich)(?: \S+){0,4} (?:schwer )?verletzt|notarzt|blutet stark|verbrennungen|caught fire|catching fire|on fire|in flames|is burning|(?:smoke|smoking) (?:is )?(?:coming|from|out)|exploded|electric shock|gas leak|smell(?:s)? (?:of )?gas|(?:is|was|got|been|am) (?:badly |seriously )?(?:injured|hurt)|bleeding)(?= |$)/;
const HARMLESS =
  /(?:^| )(?:kerze\w*|kamin\w*|grill\w*|dvd|cd|brennt nicht|leuchtet|lampe|birne|gluehbirne|licht|candles?|fireplace|barbecue|bbq|deal|sale|gefuehle|feelings?)(?= |$)/;

/**
 * Whether a message must go to a person at once, whatever stands open.
 * @param said the message's folded words, where they are known already
 * @returns undefined for everything else; rather a false alarm too much than one too few
 */
export function readEmergency(text: string, said = tokens(fold(text)).join(" ")): Emergency | undefined {
  if (DESPAIR.test(said)) return "despair";
  return DANGER.test(said) && !HARMLESS.test(said) ? "danger" : undefined;
}
