import type { Catalogue } from "#kernel";

/** Every sentence of the notices skill, English. */
export const en: Catalogue["de"] = {
  anyTime: "at any time",
  hours: "{from}–{to}",
  inZone: "time in {zone}",
  digestAt: "together at {time}",

  topics: "What would you like to be told about?",
  noTopics: "There is nothing to subscribe to at the moment.",
  askValue: "{topic}: {label}? And when? Write for example: {example}",
  askValueAgain: "I did not recognise that. Write for example: {example}. Or “all”.",
  exampleWindow: "{value} weekdays 6 to 9",
  agreement: "{company} may send me notices here: {topic} ({when}). It ends as soon as I write STOP.",
  confirm: "{agreement}\n\nDo you agree?",
  yes: "Yes, subscribe",
  no: "No",
  subscribed:
    "Good, you will hear from us: {topic} ({when}). “My subscriptions” shows all of them, STOP ends all.",
  notSubscribed: "Good, we send you nothing about it.",
  failed:
    "The subscription was not made: {topic} is not there any more. Write “subscriptions” to see what there is.",
  tooMany:
    "The subscription was not made: you have very many already. End one first with “my subscriptions”.",
  ended: "Done: you get nothing more about {topic}.",
  list: "You have subscribed to:\n{items}",
  listItem: "{n}. {topic} ({when})",
  listPaused: "{item}, paused until {until}",
  listEmpty: "You have subscribed to nothing. Write “subscriptions” to see what there is.",
  endOption: "End: {topic}",

  digest: "Summary",
  digestHeading: "News from {company}",
  farewellTitle: "{topic} ends",
  farewell:
    "From now on {company} sends no more notices about “{topic}”. Your subscription ends with this; you need not do anything.",

  entry: "Subscribe {topic}",
  mailSubject: "Please confirm: {topic}",
  mailText:
    "Notices from {company} were ordered with this address: {topic} ({when}).\n\nConfirm it here, then it begins: {link}\n\nIf it was not you, do nothing: we then send nothing, and this request is deleted within two days.",

  // Sources of notices, said to the team.
  storyUpdate: "Update:",
  storyOver: "Over:",
  sourceFine: "Fine. Valid at present: {count}.",
  sourcePaused: "Paused. Nothing is read.",
  sourceNotYetRead: "Will be read for the first time in a moment.",
  sourceNotYetSent: "Nothing came so far.",
  sourceTopicEnded: "The topic of this source was ended. Choose another one, or nobody hears of it.",
  sourceOverdue: "Not read for more than an hour. Save the source once more to begin again.",
  sourceWithoutNames: "The names of lines and stops did not come. Their ids stand there until they do.",
  sourceFault_bad_address:
    "This is no address that can be read. It begins with https:// and holds no password.",
  sourceFault_private_address: "The address leads into a private network. Nothing is fetched from there.",
  sourceFault_no_such_host: "The name in the address does not exist, or cannot be found at present.",
  sourceFault_unreachable:
    "Nobody answers there. It is tried again, at growing intervals ({failures} times so far).",
  sourceFault_certificate: "The certificate of this address is not valid. Nothing was read.",
  sourceFault_too_slow: "The answer did not come in time. It is tried again, at growing intervals.",
  sourceFault_too_large: "The answer is larger than allowed. Nothing was read.",
  sourceFault_redirect_loop: "The address leads in a circle. Nothing was read.",
  sourceFault_too_many_redirects: "The address is passed on too often. Nothing was read.",
  sourceFault_bad_redirect: "The address passes on to one that is not safe. Nothing was read.",
  sourceFault_broken_body: "The answer arrived damaged. It is tried again.",
  sourceFault_not_found: "There is nothing at this address any more.",
  sourceFault_forbidden: "The other side refuses access.",
  sourceFault_rate_limited: "The other side asks for patience. It is waited for as long as it says.",
  sourceFault_server_error: "The other side has a fault. What was known stays as it is.",
  sourceFault_http_error: "The other side gave an answer of no use.",
  sourceFault_unreadable: "What came could not be read. What was known stays as it is.",
  sourceFault_internal: "Something broke on our side while reading. It is tried again.",
  sourceProblem_broken: "The content is damaged ({place}).",
  sourceProblem_empty: "Nothing came but an empty answer.",
  sourceProblem_unknown_format: "This is no source that is read here, but: {place}.",
  sourceProblem_syntax: "Not quite by the rules (from line {place}); what could be read was read.",
  sourceProblem_too_many_items: "More than {place} items; the others were left out.",
  sourceProblem_too_many_values: "{place} names more lines or stops than allowed; the others were left out.",
  sourceProblem_no_text: "An item without words was left out ({place}).",
  sourceProblem_other_language: "Neither German nor English, taken as it is: {place}.",
  sourceProblem_stale: "The source is out of date; its last state is of {place}.",
  sourceProblem_row: "Line {place} has more fields than the head and was left out.",
  sourceProblem_bad_time: "A time could not be read ({place}); the item was left out.",
  sourceProblem_unknown_zone: "Unknown time zone; read in the company's time: {place}.",
  sourceProblem_endless_rule: "An appointment repeats too often or never and was left out ({place}).",
  vetoed:
    "We did not send you “{title}”: we had warned you of the same thing, and while that holds (until {until}) we do not advertise it to you.",
};
