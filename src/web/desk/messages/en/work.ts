import type { Entry } from "../../text/catalogue.ts";

/** What was not understood, search, palette. */
export const work = {
  "callbacks.conversation": "Open conversation",

  "parked.subtitle": "What came in and had no place. None of it is lost.",
  "parked.count": { one: "One message not understood", other: "{count} messages not understood" },
  "parked.loading": "The entries are loading.",
  "parked.notLoaded": "The entries are not loaded",
  "parked.empty": "Everything is understood",
  "parked.emptyText": "Every message stands in its conversation.",
  "parked.retry": "Process again",
  "parked.retry.done": "It is processed again.",
  "parked.dismiss": "Put away",
  "parked.dismiss.done": "Put away.",

  "search.subtitle": "In messages and contacts, finished conversations included.",
  "search.words": "Words",
  "search.tooShort": "Enter at least {count} letters.",
  "search.running": "Searching.",
  "search.failed": "The search did not finish",
  "search.none": "Nothing found for “{words}”",
  "search.cut": "The search was ended after some time. More exact words find more.",
  "search.contacts": { one: "One contact", other: "{count} contacts" },
  "search.messages": { one: "One message", other: "{count} messages" },

  "palette.placeholder": "Do or find",
  "palette.here": "In this conversation",
  "palette.company": "Change company",
  "palette.pages": "Knowledge and pages",
  "palette.results": "Hits",
  "palette.choose": "choose",
  "palette.run": "run",
  "palette.hits": { one: "One hit", other: "{count} hits" },
  "palette.searchAll": "All hits for “{words}”",
  "key.enter": "Enter",
} as const satisfies Record<string, Entry>;
