import type { Catalogue } from "#kernel";

/** The same sentences in English, which knows no Sie and du. */
export const en: Catalogue["en"] = {
  greeting: "Hello. What is it about?",
  thanks: "You are welcome.",
  goodbye: "Goodbye. Write here whenever there is something.",
  who: "I am an automaton: I answer what is asked often. A person answers you too, whenever you like.",
  acknowledged: "Good. If there is anything else, write here.",
  notHelped: "Then that did not help. Tell us in one sentence what it is about. Or talk to a person.",
  offer: "That could mean several things. Is it about one of these?",
  offerOne: "That could mean several things. Is it about this?",
  optionElse: "Something else",
  optionPerson: "Talk to a person",
  optionYes: "Yes, correct",
  optionNo: "No, change it",
  describe: "Tell us in one sentence what it is about.",
  otherLanguage: "So far this answer exists in German only:",
  placeholder:
    "This is about “{title}” ({label}). The answer to it is not written yet. A person from our team can give it to you.",

  asked: "I am handing you over to our team.",
  unsure: "I cannot answer that with certainty. I am handing you over to our team.",
  unknown: "I have no answer to that. I am handing you over to our team.",
  media: "As an automaton I cannot look at that. I am handing it over to our team.",
  orderPassed: "Order {number} is noted. I am handing you over to our team with it.",
  peopleHere: "A person answers you here, probably {due}.",
  peopleLater: "Nobody is here right now. From {opens} a person answers you here.",
  people: "A person answers you here as soon as somebody is back.",

  askPhone: "We call you. On which number? We use it for this call only.",
  askPhoneAgain:
    "I did not find a phone number in that. Write it with its area code, for example +49 40 66969140.",
  askTime: "When does the call suit you? For example: tomorrow at 10 am. Or: as soon as possible.",
  askTimeAgain: "I did not find a time in that. Write day and time, for example: Monday at 3 pm.",
  timeClosed:
    "Nobody is here at that time. Possible is {time}. We then call you on {phone}. Is that correct?",
  confirmCall: "We call you {time} on {phone}. Is that correct?",
  callBooked: "Promised: we call you {time} on {phone}.",
  stopped: "Good, that is cancelled. If there is anything else, write here.",

  askOrder: "What is your order number?",
  askOrderAgain: "I did not find an order number in that. It is in the confirmation of your order{example}.",
  confirmOrder: "Your order number is {number}. Is that correct?",
  orderExample: ", for example {number}",

  summaryOrder: "order {number}",
  summaryGuess: "probably {topic} ({confidence} sure, needed {needed})",
  summaryTopic: "last topic {topic}",
  summaryMedia: "without text: {what}",
};
