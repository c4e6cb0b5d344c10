import type { Catalogue } from "#kernel";

/** What this skill says to customers. */
export const en: Catalogue["en"] = {
  today: "today",
  tomorrow: "tomorrow",
  onDay: "on {day}",
  atTime: "{day} at {time}",
  betweenTimes: "{day} between {from} and {to}",
  tried:
    "We tried to call you on {phone} and did not reach you. When does it suit you better? Or write here what you need.",
  promised: "Your call is planned: we call you {time} on {phone}.",
  promisedOver: "Your call on {phone} is still open, and it is overdue. The team sees that.",
  optionTime: "Another time",
  optionWithdraw: "Cancel it",
  askTime: "When does the call suit you better? For example: tomorrow between 10 am and 12 noon.",
  askTimeAgain: "I did not find a time in that. Write day and time, for example: Monday at 3 pm.",
  moved: "Moved: we call you {time} on {phone}.",
  movedToOpening: "Nobody is here at that time. We call you {time} on {phone}.",
  left: "It stays as it is: we call you {time} on {phone}.",
  withdrawn: "The call is cancelled. If there is anything else, write here.",
  nothingPromised: "There is no call planned any more. If you want one, write so here.",
};
