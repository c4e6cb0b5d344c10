import type { Catalogue } from "#kernel";

export const en: Catalogue["en"] = {
  subject: "{company}: week from {day}, {cases}",
  hello: "Good morning. This was the week from {from} to {to}.",
  estimated: "Estimated from one conversation in {every}.",

  asked: "What was asked",
  cases: "{count} cases",
  caseOne: "one case",
  askedAll: "{cases}{change}.",
  more: ", {share} more than in the week before",
  less: ", {share} fewer than in the week before",
  same: ", as many as in the week before",
  few: "; too few to compare with the week before ({before})",
  first: "",
  topic: "{title}: {count}{before}",
  topicBefore: " (before: {before})",
  noTopic: "no topic",
  nothing: "Nobody wrote.",

  firstLevel: "What the automatic answers did",
  zones: "Of {count} messages: {answer} answered, {choose} offered a choice, {handover} handed over.",
  settled: "{settled} of {cases} cases settled without a person{pending}.",
  pending: "; for {pending} of them the 72 hours are not over yet",

  speed: "How fast",
  automatic: "Automatic answers: half within {median}, 90% within {p90}.",
  automaticFew: "Automatic answers: too few for a time.",
  person: "A person’s first answer: half within {median}, 90% within {p90} of opening hours.",
  few_cases: "A person’s first answer: too few cases for a time.",
  few_persons:
    "A person’s first answer: not shown. Fewer than five people answered; the figure would be about single ones.",
  unanswered: "Handed over and not answered by anybody yet: {cases}.",

  open: "What stayed open",
  openNone: "Nobody has waited for longer than 24 hours.",
  openOne: "One case has waited for longer than 24 hours.",
  openCount: "{count} cases have waited for longer than 24 hours.",
  openItem: "{title}, since {since}",

  teach: "What to teach",
  questions: "Questions without an answer: {questions}, groups of alike ones: {groups}",
  teachTopic: "{title}: {settled} of {asked} settled",
  teachNone: "Nothing stands out.",

  messages: "Service and notices",
  shares: "{service} answers, {notice} notices (the model: 90% and 10%). Customers wrote {received} times.",
  sharesNone: "Nothing was sent.",

  costs: "What it cost",
  costLine: "{total}: people {staff}, WhatsApp {templates}, server {machine}, mail and domain {rest}.",
  perCase: "{each} for each solved case; had every case gone to a person, {allEach}.",
  assumed: "Assumed prices. Check Meta’s and change them here:",

  page: "The whole page:",
  why: "You get this mail because you switched it on at your page of the week. Switch it off:",
};
