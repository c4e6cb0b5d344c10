import { type Card, type Content, type FormOfAddress, type Media, spacedIban, translate } from "#kernel";
import { catalogue } from "../rules/catalogue.ts";
import { spokenDay, spokenMoney } from "../rules/money.ts";
import { spacedReference } from "../rules/reference.ts";
import { optionId } from "./option-ids.ts";

/** How a request stands in a conversation: a card where one is drawn, words, a code and buttons elsewhere. */

export interface Asked {
  readonly id: number;
  readonly title: string;
  readonly lines: readonly { readonly text: string; readonly amountMinor: number }[];
  readonly owedMinor: number;
  readonly currency: string;
  readonly dueOn: string;
  readonly reference: string;
  readonly language: "de" | "en";
  readonly form: FormOfAddress;
  /** The account; iban "" = nothing can be transferred. */
  readonly holder: string;
  readonly iban: string;
  /** The customer's page. */
  readonly link: string;
  /** The code as a picture, where the channel shows no card. */
  readonly code?: Media | undefined;
  /** 0 = nobody is reminded. */
  readonly mostReminders: number;
}

type Key = "asked" | "reminder";

export function requestContent(asked: Asked, key: Key = "asked"): Extract<Content, { type: "text" }> {
  const say = sayer(asked);
  const { id, title, iban, holder, reference, link, language, currency } = asked;
  const amount = spokenMoney(asked.owedMinor, currency, language);
  const day = spokenDay(asked.dueOn, language);
  const parts = [
    say(key, { amount, title, day }),
    say("payHere", { link }),
    ...(iban === ""
      ? []
      : [
          say(asked.code ? "transferOrScan" : "transfer", {
            holder,
            iban: spacedIban(iban),
            reference: spacedReference(reference),
          }),
        ]),
    ...(asked.mostReminders > 0 && key === "asked" ? [remindTerms(asked)] : []),
  ];
  const options = [
    ...(asked.mostReminders > 0 && key === "asked"
      ? [{ id: optionId("remind", id), title: say("optionRemind") }]
      : []),
    { id: optionId("dispute", id), title: say("optionDispute") },
  ];
  return {
    type: "text",
    text: parts.join("\n\n"),
    link,
    options,
    card: cardOf(asked, { amount, day, key }),
    ...(asked.code && { image: asked.code }),
  };
}

/** The exact words that a tap on "Erinnern lassen" agrees to. */
export const remindTerms = (asked: Pick<Asked, "language" | "form" | "mostReminders">): string =>
  sayer(asked)("remindTerms", { most: asked.mostReminders });

function cardOf(asked: Asked, { amount, day, key }: { amount: string; day: string; key: Key }): Card {
  const say = sayer(asked);
  const lines = asked.lines.map(
    ({ text, amountMinor }) => `${text}: ${spokenMoney(amountMinor, asked.currency, asked.language)}`,
  );
  return {
    note: say(key === "asked" ? "card.asked" : "card.reminder"),
    heading: amount,
    lines: [
      asked.title,
      ...lines,
      say("card.due", { day }),
      say("card.reference", { reference: spacedReference(asked.reference) }),
      ...(asked.mostReminders > 0 && key === "asked" ? [remindTerms(asked)] : []),
    ],
    linkTitle: say("card.pay"),
    line: null,
  };
}

type Say = (name: string, values?: Readonly<Record<string, string | number>>) => string;

function sayer({ language, form }: Pick<Asked, "language" | "form">): Say {
  return (name, values) => translate(catalogue, { language, form }, name, values);
}
