import { type Content, type FormOfAddress, translate } from "#kernel";
import { catalogue } from "../rules/catalogue.ts";

/**
 * How a payment in coin stands in a conversation: a link that is opened by the wallet, and nothing else. No amount, no title, no
 * account: conversations are kept, searched and forwarded, money data are not for that.
 */

export interface Shown {
  readonly coin: string;
  readonly link: string;
  readonly language: "de" | "en";
  readonly form: FormOfAddress;
}

type TextContent = Extract<Content, { type: "text" }>;

export function requestCard({ coin, link, language, form }: Shown): TextContent {
  const say = (key: string, values = {}) => translate(catalogue, { language, form }, key, values);
  return {
    type: "text",
    text: say("asked", { link }),
    link,
    card: {
      note: say("card.note", { coin }),
      heading: say("card.heading"),
      lines: [say("card.line")],
      linkTitle: say("card.open"),
      line: null,
    },
  };
}

export function invitationCard({ coin, link, language, form }: Shown): TextContent {
  const say = (key: string, values = {}) => translate(catalogue, { language, form }, key, values);
  return {
    type: "text",
    text: say("invited", { coin, link }),
    link,
    card: {
      note: say("invited.card", { coin }),
      heading: say("invited.heading"),
      lines: [say("invited.line")],
      linkTitle: say("invited.open"),
      line: null,
    },
  };
}
