import type { Catalogue } from "#kernel";

/** The same sentences in English. */
export const en: Catalogue["en"] = {
  tooLong: "The text has {found} characters, {most} at most. Split it into several flows.",
  lineTooLong:
    "This line has {found} characters, {most} at most. Write long texts in several lines below de: and en:.",
  notText: "This is no readable text. Save the file as UTF-8 and load it again.",
  tab: "There is a tab here. Indent with spaces, two a level.",
  indent: "This line is indented unlike its neighbours. Column {column} is expected.",
  tooDeep: "It goes no deeper than {most} levels. Indent this line less.",
  flowMissing: "The flow has no name. Expected first: flow NAME",
  topExpected: "Here stands “{found}”. Expected: flow, slot, step or example.",
  nameMissing: "A name is missing here ({what}).",
  badName:
    "“{found}” is no name ({what}). Lower-case letters, digits and underscores are allowed, a letter first.",
  arrowMissing: "Where to go is missing here. Expected: -> and a step, end or person.",
  valueMissing: "A value is missing here: one word, or several in quotation marks.",
  numberExpected: "A number from {least} to {most} is expected.",
  tooMuch: "“{found}” does not belong into this line any more.",
  nothingBelow: "Nothing is indented below “{above}”. Move this line to the left.",
  languageExpected: "Here stands “{found}”. Expected: de: or en: followed by the text.",
  twice: "{what} stands here for the second time.",
  textTooLong: "This text has {found} characters; {most} fit into one message with choices.",
  statementExpected:
    "Here stands “{found}”. Expected: say, ask, choose, if, set, forget, call, hand over, start flow, answer topic, offer or ->.",
  linkExpected:
    "Here stands “{found}”. Expected: de:, en: or link: with an address that begins with https://.",
  optionsMissing: "A choice needs two options at least: option NAME.",
  examplesTooLong:
    "Up to here the examples ran {most} statements; no more are played. Shorten them, or split the flow.",
  tooMany: "That is too much ({what}), {most} at most.",
  wordMissing: "The word {word} is expected here.",
  unknownBelow: "This does not belong below {above}. Possible: {wanted}.",
  testExpected:
    "The comparison is missing. Possible: is, is not, is known, is missing, over, under, before, after.",
  methodExpected: "GET or POST is expected here.",
  slotForm: "A slot is written like this: slot NAME: KIND",
  typeExpected: "“{found}” is no kind. Possible: {types}.",
  likeForm: "“{found}” is no example of an order number such as HK-20417. Only order takes like.",
  reserved: "Every flow has {name} already. Take another name.",
  exampleName: "An example dialogue needs a name.",
  exampleLine:
    "Here stands “{found}”. Expected: language, today, closed, customer:, customer photo:, bot:, service:, step: or ends: (done, person, open).",

  noStep: "The flow has no step. Write one at least: step NAME",
  noStart: "Nobody can begin this flow. Name a topic or a phrase (start).",
  startReserved:
    "“{words}” means something in every conversation already, such as cancel, yes or a person. Take another sentence.",
  nameTwice: "There is {name} already ({what}).",
  deadEnd: "The step {step} does not say how it goes on. Write -> and a step, end or person at its end.",
  neverRuns: "Nobody ever comes here: the step has ended before.",
  noSuchStep: "There is no step {step}.",
  noSuchSlot: "There is no slot {slot}. Add it: slot {slot}: text",
  askUndeclared: "{slot} cannot be asked for before it stands above what it is: slot {slot}: text",
  numberToCompare: "“{value}” is no number. over and under compare numbers.",
  dateToCompare: "“{value}” does not fit. before and after compare a date with today or 2026-11-30.",
  badUrl: "“{url}” is no address. One that begins with https:// is expected.",
  slotInHost:
    "Whom we ask must not depend on what somebody writes. Slots stand after the name of the server.",
  sendWithGet: "GET sends nothing. Take POST, or write the slot into the address.",
  noFallback: "What happens when the service does not answer is missing: failed -> STEP",
  badPath: "“{path}” leads nowhere in an answer. Expected is for example status or items.0.name.",
  languageMissing: "The text {language}: is missing here ({what}).",
  optionTooLong: "This option has {found} characters; {most} can be read.",
  unreachable: "No way leads to the step {step}.",
  circle: "From {step} one comes back to {step} without being asked. That would go on for ever.",

  topicTaken: "The topic {topic} begins the flow {flow} already.",
  topicUnknown: "The knowledge has no topic {topic}.",
  startTaken: "“{words}” begins the flow {flow} already.",
  flowUnknown: "There is no flow {flow}, or it is not live.",
  nameMoved: "The flow is called {name}. Another name would be another flow.",
  exampleFailed: "The example dialogue “{name}” goes differently: expected “{wanted}”, got “{got}”.",
};
