import { FEW, type Patterns, SOME } from "./patterns.ts";

/** What customers want of a courier who will stand at a door where they are not. */

const HAND = "abgeben|geben|lassen|legen|stellen|hinterlegen|abliefern|zustellen|bringen";
const NEXT_DOOR = "(?:nachbar|nachbarn|nachbarin|nachbarschaft)";
export const NEIGHBOUR: Patterns = {
  de: [
    new RegExp(
      ` (?:bei|beim|zum|zur|an|dem|der|den|meinem|meiner|unserem|unserer) (?:[\\p{L}]+ )?${NEXT_DOOR}(?: [\\p{L}\\p{N}]+)*? (?:${HAND}) `,
      "u",
    ),
    new RegExp(
      ` (?:geben|gib|gebt|lassen|lass|lasst|legen|stellen|bringen|liefern)(?: [\\p{L}]+){0,5} (?:${NEXT_DOOR}|nebenan) `,
      "u",
    ),
    new RegExp(` nebenan${FEW} (?:${HAND}) `, "u"),
    / (?:bei|an) (?:familie|fam|frau|herrn|herr)(?: [\p{L}\p{N}]+){1,6} (?:abgeben|geben|hinterlegen) /u,
    new RegExp(
      ` ${NEXT_DOOR}${FEW} (?:nimmt|nehmen|kann|koennen)${FEW} (?:an|entgegen|annehmen|entgegennehmen) `,
      "u",
    ),
    /^ (?:bitte )?(?:zum|zur|beim|bei den|bei der) (?:nachbarn|nachbarin) $/,
  ],
  en: [
    / (?:leave|give|drop|bring|hand)(?: [\p{L}]+){0,5} (?:neighbou?rs?) /u,
    / (?:leave|give|drop|bring|hand|deliver)(?: [\p{L}]+){0,4} next door /u,
    new RegExp(` neighbou?rs?${FEW} (?:will|can|could) (?:take|accept|receive) `, "u"),
    /^ (?:please )?(?:to|with) (?:the|my|our|a) neighbou?rs? $/,
  ],
};

const LAY =
  "(?:legen?|legt|leg|stellen?|stellt|stell|ablegen|abstellen|hinlegen|hinstellen|deponieren|lassen|lass|lasst|werfen|einwerfen|hinterlegen|(?:abgelegt|abgestellt|hinterlegt) werden)";
const AT_PLACE =
  "(?:vor|an|in|im|ins|auf|unter|hinter|neben)(?: (?:die|der|dem|den|das|meiner?|meine[nm]|unserer?|unsere[nm]))? (?:[\\p{L}]*tuer|hausflur|flur|treppenhaus|treppe|garage|terrasse|balkon|carport|veranda|fussmatte|matte|briefkasten|schuppen|gartenhaus|hof|hinterhof|eingang|hauseingang|gartentor|paketbox|paketkasten|ablagebox)";
const ENGLISH_PLACE =
  "(?:at|by|on|in|behind|under|in front of|outside)(?: (?:the|my|our|a))?(?: (?:front|back|garden|apartment|flat))? (?:door|doorstep|doormat|porch|hallway|hall|garage|shed|stairs|staircase|patio|mailbox|letterbox|gate|veranda)";
const ENGLISH_PARCEL = "(?:it|them|this|everything|(?:(?:the|my) )?(?:parcel|package|delivery))";
/** At the customer's own door, with nobody there. */
export const LEAVE: Patterns = {
  de: [
    new RegExp(` ${AT_PLACE}${FEW} ${LAY} `, "u"),
    new RegExp(` ${LAY}${SOME} ${AT_PLACE} `, "u"),
    /^ (?:mein )?(?:ablageort|abstellort|abstellgenehmigung)(?: [\p{L}\p{N}]+){1,5} $/u,
  ],
  en: [
    new RegExp(` (?:leave|put|place|set|drop) ${ENGLISH_PARCEL}(?: [\\p{L}]+){0,3}? ${ENGLISH_PLACE} `, "u"),
    new RegExp(` leave ${ENGLISH_PLACE} `, "u"),
    new RegExp(` (?:leave|put|place) ${ENGLISH_PARCEL} outside `, "u"),
  ],
};
/** "Bitte nicht beim Nachbarn abgeben": what is refused is no wish. */
export const NEGATED =
  / (?:nicht|niemals|nie)(?: (?:einfach|mehr|wieder|nur|direkt|unbedingt))? (?:bei|beim|zum|zur|an|vor|auf|in|im|unter|hinter|nebenan) | (?:do not|dont|not|never) (?:leave|put|place|set|drop|give|hand|with|at|outside) | nachbarn? (?:nimmt|nehmen) (?:nie|nicht|keine?) /;
export const HAPPENED =
  / (?:wurde|wurden|haben sie|habt ihr|hat|hatte|war|waren|abgegeben|gegeben worden|(?:i|it|parcel|package|delivery|courier|driver) was|were|did you|has|have you|got) /;

/** Something goes back with whoever comes; what is to be sent back some other day is another matter. */
export const TAKE_BACK: Patterns = {
  de: [
    new RegExp(
      ` (?:koennen|koennt|kann|koennten|koenntet|wuerden|wuerdet|nehmen|nehmt|nimmt|duerfen|darf|soll|sollen)${FEW} (?:(?:wieder|gleich|dann) )?(?:mitnehmen|mitgeben|zurueckgeben) `,
      "u",
    ),
    new RegExp(
      ` (?:nehmen sie|nehmt ihr|nimmt (?:der|die) (?:kurier|kurierin|fahrer|fahrerin|bote))${FEW} (?:wieder |gleich )?mit `,
      "u",
    ),
    new RegExp(
      ` (?:moechte|moechten|will|wuerde)${FEW} (?:dem|der|ihrem|eurem) (?:kurier|kurierin|fahrer|fahrerin|boten)${FEW} (?:mitgeben|zurueckgeben) `,
      "u",
    ),
  ],
  en: [
    / (?:can|could|would|will) (?:you|the courier|the driver|they)(?: [\p{L}]+){0,5} (?:take|bring)(?: [\p{L}]+){0,5} (?:back|with you|with them|along) /u,
    / (?:can|could|may) (?:i|we)(?: [\p{L}]+){0,3} (?:give|hand)(?: [\p{L}]+){0,5} (?:back|to the courier|to the driver) /u,
  ],
};

const AT_HOME = "(?:zu hause|zuhause|daheim|da|anwesend|erreichbar)";
export const ABSENT: Patterns = {
  de: [
    new RegExp(
      ` (?:bin|sind wir|wir sind|werde|werden wir)(?: [\\p{L}\\p{N}]+){0,5}? nicht (?:mehr )?${AT_HOME} `,
      "u",
    ),
    / (?:schaffe|schaffen|komme|kommen)(?: [\p{L}\p{N}]+){0,4} nicht (?:mehr )?(?:rechtzeitig|puenktlich|nach hause) /u,
    / (?:schaffe|schaffen)(?: wir)? es (?:heute|bis dahin|um \d{1,2})(?: [\p{L}]+){0,3} nicht /u,
    / (?:kann|koennen)(?: [\p{L}]+){0,5} (?:nicht|nichts|keine?)(?: [\p{L}]+)? (?:annehmen|entgegennehmen|in empfang nehmen) /u,
    new RegExp(` (?:niemand|keiner)(?: [\\p{L}]+){0,3} ${AT_HOME} `, "u"),
  ],
  en: [
    / (?:wont|will not|cant|cannot|not going to) be (?:at )?(?:home|in|there|around) /,
    / (?:im|i am|were|we are) not (?:going to be )?(?:at home|home|in|there) /,
    / (?:nobody|no one) (?:is|will be) (?:at )?(?:home|in) /,
    / (?:cant|cannot|wont) (?:make it|be)(?: home| back| there)? (?:in|on) time /,
    /^ (?:sorry )?not (?:at )?home(?: [\p{L}]+){0,3} $/u,
  ],
};
export const WAS_ABSENT =
  / (?:war|waren|gestern|(?:i|he|she|it|nobody) was|yesterday|sind sie|seid ihr|are you|bei ihnen|bei euch|im laden|warum) /;
