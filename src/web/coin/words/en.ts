import type { Problem } from "../../customer-page/words.ts";
import type { Words } from "../words.ts";

const ADVICE = "This is no legal advice.";

const MISSING: Problem = {
  title: "There is no coin here",
  rows: [
    ["What happened", "Nobody issues a coin at this address."],
    ["What is kept", "Everything. No balance has changed."],
    ["What you can do", "Check the address."],
  ],
};

export function en(): Words {
  return {
    title: "Coverage",
    skip: "Skip to content",
    otherLanguage: "Deutsch",
    loading: "Loading.",
    imprint: "Legal notice",
    privacy: "Privacy",
    runsOn: "Runs on Augenhöhe",
    play: "Play money: no means of payment, nobody redeems it.",
    question: (name) => `Is ${name} backed?`,
    answer: {
      none: "There are no coins yet.",
      yes: "Yes, every single coin.",
      stale: "Yes, by the last statement. It is too old.",
      no: "No. No coins are issued.",
    },
    reserve: "Reserve",
    supply: "In circulation",
    sentence: (name, percent) =>
      `For every coin of ${name} at least €1 is to lie in the reserve. By the last statement it is ${percent}.`,
    nothingYet: "As soon as there are coins and a statement of the bank, the reserve stands here.",
    statement: "Last statement",
    attestors: "Attestors of the reserve",
    governors: "Governors of money and rules",
    kOfN: (needed, members) => `${needed} of ${members} sign`,
    asOf: "Last booking",
    none: "none yet",
    check: "Check for yourself",
    checkText: "In your wallet your own browser computes that your balance is within the published sum.",
    series: "Reserve and circulation over time",
    seriesText: "Line: reserve. Bars: circulation. The same scale.",
    asTable: "As a table",
    date: "Date",
    proofs: "Statements and checksums",
    statementHash: "Checksum (SHA-256) of the bank's statement",
    sealed: "Published sum of all balances",
    sealedAt: (at, total) => `${at}: ${total}. Root of the tree:`,
    notSealed: "Not published yet.",
    block: (height) => `Checksum after block ${height}`,
    acceptors: "Who takes the coin",
    noAcceptors: "Nobody yet.",
    rules: "What the program prevents",
    ruleLines: [
      "New coins come into being only when a fresh statement backs them and the governors have signed. Nobody can override that.",
      "Redemption is never stopped, not even without a fresh statement.",
      "Nobody changes unnoticed what is booked: every block contains the checksum of the one before.",
      "Conversations and names are not in the ledger. It knows random account numbers only.",
    ],
    legal: "Legal",
    legalLines: {
      play: ["No money is issued and none is promised.", ADVICE],
      voucher: [
        "Voucher in a limited network (section 2 (1) no. 10 ZAG). It is good at the acceptors named here. Only they redeem; customers are not paid out.",
        "The reserve is no deposit. There is no statutory deposit protection.",
        ADVICE,
      ],
      issuer: [
        "E-money token under Regulation (EU) 2023/1114 (MiCA), issued by a licensed institution. It is redeemed at par at any time.",
        ADVICE,
      ],
    },
    ended: MISSING,
    noKey: MISSING,
    unreachable: {
      title: "This cannot be read at the moment",
      rows: [
        ["What happened", "The node did not answer."],
        ["What is kept", "Everything. No balance has changed."],
        ["What you can do", "Try again in a minute."],
      ],
      retry: "Try again",
    },
  };
}
