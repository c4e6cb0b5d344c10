import { fold, MAX_TEXT_LENGTH, tokens } from "../engine/index.ts";

/** What a message asks of the conversation itself, before any topic is looked for. */
export type Request =
  | "person"
  | "callback"
  | "stop"
  /** One step back in what is asked. */
  | "back"
  /** The last answer did not help. */
  | "notHelped"
  /** Anger or an insult, and no matter that could be answered. */
  | "upset"
  | "yes"
  | "no"
  /** Also "ich habe eine Frage": a beginning without a matter. */
  | "greeting"
  /** "Moment": the customer comes back to it. */
  | "wait"
  | "thanks"
  | "goodbye"
  /** Who is speaking: a machine or a person? */
  | "who";

/**
 * What the message is, if it is one of these and nothing else that needs an answer. The wish for a person or a call and
 * the wish to stop are found inside longer messages; yes, no, greeting and thanks only when they are all that is said.
 * @param words the text's folded words, where they are known already
 */
export function readRequest(
  text: string,
  words: readonly string[] = tokens(fold(text)),
): Request | undefined {
  const sign = readSign(text);
  if (sign !== undefined) return sign;
  if (words.length === 0) return undefined;
  const said = ` ${words.join(" ")} `;
  if (mayAskForCall(text, said) && clausesOf(text).some(wantsCallback)) return "callback";
  if (wantsPerson(said, words)) return "person";
  if (words.length <= MAX_SHORT_WORDS && BACK.test(words.join(" "))) return "back";
  if (wantsToStop(words)) return "stop";
  if (wasNoHelp(words)) return "notHelped";
  if (isUpset(words)) return "upset";
  if (words.length <= MAX_SHORT_WORDS) return readShort(words);
  return undefined;
}

/** Whether a sentence of the message is nothing but anger, whatever stands beside it. */
export function soundsAngry(text: string): boolean {
  return text.split(/[.!?\n]+/).some((sentence) => isUpset(tokens(fold(sentence))));
}

/** Whether the customer wants to talk to a person; said anywhere in the message. */
export function wantsHuman(text: string): boolean {
  const words = tokens(fold(text));
  return wantsPerson(` ${words.join(" ")} `, words);
}

const MAX_SHORT_WORDS = 7;

const PERSON =
  "(?:(?:ein(?:e[nmr]?)?|n(?:en)?|echte[rnms]?|richtige[rnms]?|lebende[rnms]?|wirkliche[rnms]?|real|live|actual|a|an|the|some|human|your|ihre[nmr]?|eure[nmr]?|irgend(?:ein|eine[nmr]?)|de[nmr]|my|customer) )*" +
  "(?:mensch(?:en)?|mitarbeiter(?:in|n|innen)?|person|kundenberater(?:in)?|berater(?:in)?|sachbearbeiter(?:in)?|kundendienst|kundenservice|kollege[n]?|kollegin|agent|human(?: being)?|operator|representative|rep|advisor|support agent|employee|someone real|somebody real|jemand(?:en|em)?(?: echte[ns]| richtige[ns]| von euch| von ihnen)|someone(?: from your team| on your team| human)|member of staff|" +
  // Words for a person that only count beside speaking.
  "ansprechpartner(?:in)?|chef(?:in)?|vorgesetzte[nr]?|support(?: team| mitarbeiter(?:in)?)?|customer (?:support|service|care)|service team|colleague|manager|supervisor|team member|jemand(?:en|em)(?: (?:vom|von|aus)(?: (?:dem|ihrem|eurem))? (?:team|support|service|kundenservice|kundendienst))?|wem(?: echte[mn]| richtige[mn])?|someone|somebody|anyone|anybody)";

const PERSON_PATTERNS = [
  `(?:mit|an|zu) ${PERSON} (?:(?:bitte|von|aus|im|vom|ihres|eures|ueber|wegen|bezueglich|zu[mr]?|persoenlich|direkt|kurz|jetzt|hier) (?:\\S+ ){0,5})?(?:sprechen|reden|schreiben|chatten|telefonieren|verbinden|weiterleiten|verbunden|weitergeleitet|durchstellen|unterhalten|kommunizieren|wenden)`,
  `(?:sprechen|reden|schreiben|chatten|verbinden|weiterleiten|sprech|rede|spreche|verbinde|verbinden sie mich|leite mich|geben sie mir|gib mir|holen sie|hol|hole) (?:(?:sie|mich|mir|bitte|doch|mal|jetzt|endlich|gerne|lieber|ich) )*(?:mit |an |zu )?${PERSON}`,
  `(?:moechte|moecht|will|brauche|brauch|wuensche|haette gern|haette gerne|verlange) (?:(?:jetzt|bitte|gern|gerne|endlich|lieber|sofort|mal|nur|hier|mit|zu|an) )*${PERSON} (?:sprechen|reden|$)`,
  `(?:moechte|will|brauche|wuensche|haette gern|haette gerne|verlange) (?:(?:jetzt|bitte|gern|gerne|endlich|lieber|sofort|mal|einen|echten|eine|echte) )*(?:(?:echten|richtigen|lebenden|wirklichen) menschen|mitarbeiter(?:in)?|kundenberater(?:in)?|sachbearbeiter(?:in)?)(?: bitte| hier| am telefon| im chat)? $`,
  `(?:ist|sitzt|gibt es) (?:da|hier|dort)?(?: auch| denn| irgendwo)* ?(?:ein(?:e)? )?(?:echte[rn]?|richtige[rn]?|lebende[rn]?) (?:mensch|person|mitarbeiter(?:in)?)`,
  `(?:speak|talk|chat|connect|transfer|put|pass|forward|switch|escalate)(?:ing)? (?:(?:me|this|please|directly|through|over|now) )*(?:about (?:\\S+ ){1,5})?(?:to|with) ${PERSON}`,
  `(?:i )?(?:want|need|prefer|would like|d like|id like|get me|give me) (?:(?:to have|now|please|just) )*(?:a |an |the )?(?:real |live |actual |human )*(?:human|person|agent|representative|operator|human being)(?: please| now| here| instead)? $`,
  `(?:can|could|may) i (?:get|have|reach) (?:a |an )?(?:real |live |actual |human )*(?:human|person|agent|representative|operator)`,
  `(?:kann|koennte|darf|duerfte|wuerde|wollte|muss|muesste) (?:ich|wir) (?:(?:bitte|mal|gern|gerne|kurz|direkt|jetzt|hier|lieber|vielleicht|doch) )*${PERSON} (?:\\S+ ){0,3}(?:sprechen|haben|bekommen)`,
  `(?:kann|koennte|darf) (?:mir|uns) (?:(?:bitte|hier|mal) )*(?:ein(?:e)? )?(?:echte[rs]? |richtige[rs]? )?(?:mensch|mitarbeiter(?:in)?|person|kollege|kollegin) (?:\\S+ ){0,3}helfen`,
  `(?:hilfe|antwort) (?:von|durch) (?:einem|einer) (?:echten |richtigen )?(?:menschen|mitarbeiter(?:in)?|person)`,
  `(?:gibt es|sind) (?:hier|da) (?:(?:auch|denn|noch|nur) )*(?:echte |richtige )?(?:menschen|mitarbeiter) $`,
  `(?:can|could|may|will) (?:a|an|some|any) (?:real |live |actual )*(?:human|agent|person from your team) (?:please )?(?:help|answer|look)`,
  `(?:is (?:anyone|anybody|somebody|someone) (?:there|here)|ist (?:da|hier|dort) (?:noch )?jemand|(?:can|could) (?:someone|somebody|anyone) (?:please )?help me(?: please)?) $`,
  `(?:need|want|like) (?:some )?(?:real |actual )*human (?:help|support|assistance)`,
  `(?:is|are) there (?:a |any |an )?(?:real |live |actual |human )+(?:person|human|agent|people|beings?)`,
].map((pattern) => new RegExp(` ${pattern}(?: |$)`));

/** Said alone, or with nothing but courtesy, these words are the wish. */
const PERSON_ALONE =
  /^(?:bitte |please |einen? |eine[rm]? |a |an |the |ein |echte[nr]? |richtige[nr]? |real |live |human |to |zu[mr]? |mit |doch |lieber |dann |jetzt |nein |no |ok |okay |ich |will |moechte |gern |gerne |haette |einfach |nur |i |want |would |like |rather |just |get me |give me |can i |have |actually |instead )*(?:mensch(?:en)?|mitarbeiter(?:in)?|echte person|person|kundenberater(?:in)?|berater|kundenservice|kundendienst|agent|human|operator|representative|customer service|customer support|live chat|support|support mitarbeiter|ansprechpartner|verbinden|weiterleiten|live agent)(?: bitte| please| sprechen| now| jetzt| reden)*$/;
const NO_MACHINE =
  / (?:nicht mit (?:einem|nem|diesem) (?:bot|roboter|computer|automaten|maschine) (?:\S+ ){0,2}(?:sprechen|reden|schreiben)|keinen? (?:bot|roboter|computer|chatbot) (?:\S+ ){0,2}(?:sprechen|reden|sondern)|kein bot|not (?:talk|speak) to a (?:bot|robot|machine)|dont want (?:to (?:talk|speak) (?:to|with) )?a (?:bot|robot|machine)|no (?:bot|robot)s?) /;

/** Without one of these nobody asks for a person; trying the patterns below takes longer. */
const ANYBODY =
  /mensch|mitarbeiter|person|berat|bearbeiter|kunden|kolleg|agent|human|operator|represent|rep |advis|employee|some|any|jemand|staff|ansprech|chef|vorgesetzt|support|customer|service|colleague|manager|supervisor|team|wem|people|being|live|verbinden|weiterleiten|bot|computer|automat|maschine|machine/;

function wantsPerson(said: string, words: readonly string[]): boolean {
  if (!ANYBODY.test(said)) return false;
  if (
    / (?:kein(?:en?)?|nicht|no|not) (?:mensch(?:en)?|mitarbeiter(?:in)?|human|person|agent) (?:noetig|notwendig|needed|necessary)/.test(
      said,
    )
  )
    return false;
  if (PERSON_ALONE.test(words.join(" "))) return true;
  return NO_MACHINE.test(said) || PERSON_PATTERNS.some((pattern) => pattern.test(said));
}

const CALLBACK =
  / (?:ruf(?:en)?(?: sie| ihr| du)? (?:mich|uns)(?: \S+){0,5} (?:an|zurueck)|rueckruf|zurueckrufen|zurueckgerufen|zurueckruft|ruft mich(?: \S+){0,4} an|(?:mich|uns)(?: \S+){0,5} an(?:zu)?rufen|call (?:me|us)(?: back)?(?: \S+){0,3}|give (?:me|us) a (?:call|ring)|(?:phone|ring) (?:me|us)(?: back)?|call ?back|request a call) /;
const CALLBACK_WISH =
  / (?:bitte|moechte|will|wuensche|brauche|koennen|koenntet|koennten|kann|koennt|haette|erbitte|um|please|want|need|like|could|can|would|request|get|give|ruf|rufen|ruft|call|schedule|arrange) /;
/** A call that is told about or feared, not wished for. */
const NO_CALLBACK =
  / (?:nicht mehr|nicht|nie|keinen?|dont|do not|never|no|stop) (?:\S+ ){0,3}(?:an(?:zu)?rufen|anruft|angerufen|rueckruf|zurueckrufen|call|calling|callback|ring|phone|an)(?: |$)| (?:wurde|wurden|hat|haben|hatte|habe|warte|warten) (?:\S+ ){0,6}(?:angerufen|zurueckgerufen|(?:auf|keinen|einen|den|ihren|euren) (?:\S+ )?(?:rueckruf|anruf))(?: |$)| (?:didnt|hasnt|havent|nobody|niemand|waiting|called) /;

function wantsCallback(said: string): boolean {
  if (NO_CALLBACK.test(said)) return false;
  if (
    /^ (?:bitte )?(?:um )?(?:rueckruf|call ?back|callback)(?: bitte| please| erbeten| gewuenscht)? $/.test(
      said,
    )
  )
    return true;
  if (
    / (?:what|which|whats|they|you) (?:\S+ )?call (?:us|me) /.test(said) &&
    !/ (?:could|can|would|will) you /.test(said)
  )
    return false;
  return CALLBACK.test(said) && CALLBACK_WISH.test(said);
}

/** Texts beyond the length that is folded in one piece are always read clause by clause. */
function mayAskForCall(text: string, said: string): boolean {
  return text.length > MAX_TEXT_LENGTH || /ruf|call|phone|ring/.test(said);
}

/** A wish and a complaint stand in different clauses: "ich habe ein Problem, bitte rufen Sie mich an". */
function clausesOf(text: string): string[] {
  return text
    .split(/[,.;!?\n]+|\b(?:sondern|aber|but)\b/iu)
    .map((clause) => ` ${tokens(fold(clause)).join(" ")} `)
    .filter((clause) => clause.trim() !== "");
}

const STOP =
  /^(?:bitte |please |ok |nein |no )*(?:abbrechen|abbruch|abbrechen bitte|stop|stopp|halt|aufhoeren|hoer auf|hoeren sie auf|vergiss es|vergessen sie es|vergiss das|lass es|lass mal|lassen wir das|lass gut sein|schon gut|doch nicht|ich will doch nicht(?: mehr)?|ich moechte doch nicht(?: mehr)?|ich hab(?:e)? es mir anders ueberlegt|hat sich (?:schon )?erledigt|nicht mehr noetig|brauche ich nicht mehr|egal|nicht so wichtig|von vorne|neu anfangen|neustart|cancel|cancel that|cancel this|quit|exit|abort|forget it|never mind|nevermind|start over|restart|stop it|stop this|leave it|i changed my mind|changed my mind|no longer needed|not needed any ?more|i dont want (?:to|that|it) any ?more)(?: bitte| please| jetzt| now| dann| doch| danke| thanks)*$/;

const BACK =
  /^(?:(?:bitte|please|nein|no|ok|moment|noch|mal|doch|oh|ach|sorry) )*(?:zurueck|(?:einen|ein|1) schritt zurueck|schritt zurueck|eine frage zurueck|vorherige frage|geh(?:en sie)? (?:bitte )?(?:einen schritt )?zurueck|back|go back|(?:one )?step back|previous(?: question| step)?)(?: bitte| please| noch mal| nochmal| again)*$/;

/** Words of giving up that may as well answer what was asked: "egal" to "wann passt es Ihnen?". */
const SOFT_STOP = /^(?:mir |ist |das |ist mir )*(?:egal|schon gut|nicht so wichtig)(?: danke)?$/;

/**
 * Whether the wish to stop is one that an open question may take as its answer.
 * @param bare the message's folded words
 */
export function isSoftStop(bare: string): boolean {
  return SOFT_STOP.test(bare);
}

function wantsToStop(words: readonly string[]): boolean {
  return words.length <= MAX_SHORT_WORDS && STOP.test(words.join(" "));
}

/** Said of an answer; found in a short message beside other words, "das hat nicht geholfen, immer noch kaputt". */
const NO_HELP =
  /(?:^(?:(?:nein|nee|no|leider|aber|ok|und) )*|(?:^| )(?:das|die antwort|es|dies|der link|ihre antwort|deine antwort) )(?:(?:hat|hilft|half|bringt)(?: mir| uns| jetzt| leider| aber| auch| ueberhaupt| wirklich| echt| gar)*(?: nicht| nichts| nix| gar nicht)(?: wirklich| viel)?(?: geholfen| weiter(?:geholfen)?)?(?= |$)(?! gegen| bei)|(?:nicht|wenig|nicht sehr) hilfreich|(?:das )?(?:war|ist) (?:gar )?nicht (?:meine|die) frage|(?:das )?(?:habe|hab|hatte) ich (?:gar )?nicht (?:gefragt|gemeint)|(?:das )?meinte? ich (?:gar )?nicht|(?:das )?beantwortet (?:meine frage|das|sie) nicht|falsche antwort|(?:that|this|it|which)?(?: |^)?(?:did ?not|didnt|does ?not|doesnt|has ?not|hasnt|is not) help(?:ed|ing|s)?(?: me| at all| much| either)*|(?:that |it |this )?(?:was|is) ?(?:not|nt) (?:very |really |at all )?helpful|(?:that was|thats|that is) ?not (?:my question|what i (?:asked|meant|was asking))|(?:does ?not|doesnt|did ?not|didnt) answer my question|wrong answer|not helpful|no help at all)(?: |$)/;
const ABOUT_HELP =
  /(?:geholfen|hilft|weiter|hilfreich|frage|gefragt|gemeint|meinte|meint|antwort|help|question|asked|meant|answer)/;
const MAX_NO_HELP_WORDS = 7;

function wasNoHelp(words: readonly string[]): boolean {
  if (words.length > MAX_NO_HELP_WORDS) return false;
  const found = NO_HELP.exec(words.join(" "));
  return found !== null && ABOUT_HELP.test(found[0]);
}

const UPSET =
  /^(?:(?:so|was|ihr|sie|du|das|ist|sind|bist|seid|fuer|doch|ja|echt|einfach|wirklich|total|voll|ein|eine|einen|alles|hier|euer|dieser|dieses|nur|noch|ganz|schoen|ich|bin|langsam|richtig|you|are|is|this|what|a|an|the|absolutely|totally|just|so|im|i|am|really|bloody|fucking|such|all|of|worst|ever) )*(?:frechheit|unverschaemt(?:heit)?|saftladen|scheiss(?:e|laden|verein)?|mist|unfassbar|unglaublich|laecherlich|sauerei|saustall|idioten?|deppen?|vollidioten?|bloed|dumm|doof|arschloch|wuetend|sauer|stinksauer|katastrophe|zumutung|witz|verarsche|betrug|betrueger|abzocke|nerv(?:t|st|ig)|useless|ridiculous|pathetic|joke|idiots?|stupid|rubbish|terrible|awful|disgrace|disgraceful|furious|fuming|angry|scam|shit|bullshit|crap|unacceptable|outrageous|company)(?: hier| ever| mit euch| mit ihnen| echt)*$/;
/** "Das ist ja ein Witz" is anger; "company" and "witz" alone are not. */
const NOT_ALONE = /^(?:company|witz|joke|betrug|mist|angry|sauer)$/;

function isUpset(words: readonly string[]): boolean {
  const said = words.join(" ");
  if (words.length === 0 || words.length > MAX_SHORT_WORDS || !UPSET.test(said) || NOT_ALONE.test(said))
    return false;
  return !/company/.test(said) || /worst/.test(said);
}

const COURTESY = "(?: (?:bitte|danke|gern|gerne|please|thanks|thank you|vielen dank|danke schoen))*";
const SHORT: readonly (readonly [Request, RegExp])[] = [
  // Before yes: in "ok, danke" nothing is confirmed any more.
  [
    "thanks",
    /^(?:(?:ok|okay|super|prima|perfekt|alles klar|gut|great|perfect|cool|toll|top|ah) )*(?:danke|dankeschoen|danke schoen|danke sehr|vielen dank|vielen lieben dank|herzlichen dank|besten dank|lieben dank|merci|thanks|thank you|thx|ty|cheers|many thanks)(?: (?:sehr|schoen|dir|ihnen|euch|so|very|much|a|lot|fuer|die|hilfe|for|your|the|help|auskunft|info|und|tschuess|bye|nochmal|again))*$/,
  ],
  [
    "yes",
    new RegExp(
      `^(?:ja+|jo|jap|jep|jawohl|klar|na klar|sicher|natuerlich|genau|richtig|stimmt|korrekt|passt|einverstanden|in ordnung|okay|ok|oki|okey|ja genau|ja klar|ja stimmt|ja richtig|ja passt|das stimmt|das ist richtig|das passt|machen wir|gern|gerne|yes|yeah|yep|yup|sure|of course|correct|right|exactly|thats right|thats correct|that is correct|sounds good|absolutely|yes sure|definitely)${COURTESY}$`,
    ),
  ],
  [
    "no",
    new RegExp(
      `^(?:nein+|nee+|noe+|ne|nicht|auf keinen fall|keinesfalls|falsch|stimmt nicht|das stimmt nicht|das ist falsch|nein falsch|lieber nicht|eher nicht|no+|nope|nah|not really|wrong|thats wrong|that is wrong|not that|no way|rather not|nein danke|no thanks|no thank you)${COURTESY}$`,
    ),
  ],
  [
    "goodbye",
    /^(?:(?:ok|okay|gut|alles klar|na dann|dann|und) )*(?:tschuess|tschuss|tschau|ciao|auf wiedersehen|auf wiederhoeren|bis (?:bald|dann|spaeter|morgen)|mach(?:s|t es| es) gut|(?:einen )?schoenen (?:tag|abend)(?: noch)?|schoenes wochenende|bye|bye bye|goodbye|good bye|see you|see ya|have a (?:nice|good) (?:day|evening|one))(?: (?:danke|noch|dann|zusammen|bye|later|soon|tschuess))*$/,
  ],
  [
    "who",
    /^(?:(?:bist|sind) (?:du|sie|ihr) (?:(?:ein|eine|etwa|eigentlich|denn|hier|nur) )*(?:echte[rn]? |richtige[rn]? )?(?:bot|chatbot|roboter|computer|maschine|ki|mensch|person)|(?:ist das|rede ich|schreibe ich|chatte ich|spreche ich)(?: hier| gerade)*(?: mit)?(?: eine[rnm]?| ein)? (?:echten |richtigen )?(?:bot|chatbot|roboter|computer|maschine|ki|mensch|menschen|person)|wer (?:bist du|sind sie|spricht da|schreibt da)|(?:are you|is this|am i (?:talking|speaking|chatting) (?:to|with)) (?:a |an )?(?:real |actual )?(?:bot|chatbot|robot|computer|machine|ai|human|human being|person)|who are you|what are you)$/,
  ],
  [
    "thanks",
    /^(?:(?:ja|yes|danke|dankeschoen|vielen dank|thanks|thank you|super|prima|toll|perfekt|perfect|great|gut|ok|okay|cool|top|ah) )*(?:(?:das|es|that|it|this) )?(?:(?:hat|ist|habe|has|have|jetzt|nun) )*(?:geholfen|geklappt|weitergeholfen|funktioniert|gefunden|hilft(?: mir)?(?: weiter| sehr)?|helped(?: me)?(?: a lot)?|helps|was helpful|worked|solved|geklaert|erledigt)(?: (?:danke|vielen dank|thanks|thank you|sehr|super|jetzt))*$/,
  ],
  [
    "wait",
    /^(?:(?:nein|no|ok|okay|oh|aeh|hm|einen|eine|one|just|a|bitte|please|kurz|mal) )*(?:moment|momentchen|augenblick|sekunde|minute|warte(?:n sie)?|wart|wait|hang on|hold on|sec|second)(?: (?:mal|bitte|please|kurz|a|moment|minute|second|sec|noch|ich|schau|schaue|sehe|suche|nach|let|me|check|look))*$/,
  ],
  [
    "greeting",
    /^(?:(?:hallo|hi|hey|moin|guten tag|hello|good morning|good afternoon|ja|ok|bitte|please|und|so) )*(?:(?:ich|wir) (?:bin s|bins|bin es|wieder|nochmal|noch mal|schon wieder)(?: (?:nochmal|noch mal|wieder|schon wieder))*|its me(?: again)?|me again|hello again|(?:ich |wir )?(?:haette?n?|hab|habe|haben) (?:da |mal |noch )*(?:eine |ne |n |paar |ein paar |einige |zwei )?(?:kurze |kleine )?(?:frage|fragen|anliegen|problem)|i (?:have|ve got|got) (?:a |some |one |two )?(?:quick |small )?(?:question|questions|problem|issue)|(?:kurze |nur eine |eine |noch eine |noch ne )?frage|quick question|question|(?:ich )?(?:brauche|braeuchte|benoetige) (?:mal |bitte |kurz |dringend )*(?:ihre |eure |deine )?hilfe|(?:koennen|koennten|koennt|kannst|koenntest) (?:sie|ihr|du) (?:mir |uns )(?:bitte |kurz |vielleicht |mal )*(?:helfen|weiterhelfen|behilflich sein)|i need (?:some |your )?help|(?:can|could|would) you (?:please )?help(?: me| us)?(?: out)?(?: with something)?|wie geht s|wie gehts|wie geht es(?: dir| ihnen| euch)?|alles klar|alles gut|how are you(?: today| doing)?|hows it going|whats up)(?: (?:bitte|please|danke|today|heute|an sie|an euch))*$/,
  ],
  [
    "greeting",
    /^(?:(?:hallo|hallole|hi|hey|hej|moin|moinsen|servus|gruezi|gruess gott|guten tag|guten morgen|guten abend|schoenen guten tag|tach|na|hello|hiya|good morning|good afternoon|good evening|good day|greetings|morgen|abend|mahlzeit|hilfe|help|menue|menu|start)(?: (?:zusammen|moin|da|there|team|leute|everyone|all|ihr|liebes))*\s?)+$/,
  ],
];

function readShort(words: readonly string[]): Request | undefined {
  const said = words.join(" ");
  return SHORT.find(([, pattern]) => pattern.test(said))?.[0];
}

const SIGNS: readonly (readonly [Request, RegExp])[] = [
  ["yes", /^(?:👍|👌|✅|✔️?)\p{EMod}?$/u],
  ["no", /^(?:👎|❌)\p{EMod}?$/u],
  ["thanks", /^(?:🙏)\p{EMod}?$/u],
  ["greeting", /^(?:👋)\p{EMod}?$/u],
];

function readSign(text: string): Request | undefined {
  const sign = text.trim();
  return SIGNS.find(([, pattern]) => pattern.test(sign))?.[0];
}
