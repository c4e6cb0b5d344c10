import type { Option } from "#kernel";
import {
  BUTTON_BODY_MAX,
  BUTTON_ID_MAX,
  BUTTON_TITLE_MAX,
  BUTTONS_MAX,
  LIST_BODY_MAX,
  ROW_DESCRIPTION_MAX,
  ROW_ID_MAX,
  ROW_TITLE_MAX,
  ROWS_MAX,
} from "./limits.ts";
import { cut, cutUnique } from "./titles.ts";
import { type Body, Unsendable } from "./unsendable.ts";

export interface Choices {
  text: string;
  options: readonly Option[];
  /** A picture above buttons; a list can show none and goes without. */
  imageId?: string | undefined;
  /** Opens the list. */
  listLabel: string;
}

/** Buttons where everything fits uncut, otherwise a list; the full text of a cut title moves into the body. */
export function renderOptions(choices: Choices): Body {
  const titles = choices.options.map((option) => option.title.trim());
  checkOptions(choices.options, titles);
  const fitsButtons =
    choices.text.length <= BUTTON_BODY_MAX &&
    choices.options.length <= BUTTONS_MAX &&
    titles.every((title) => title.length <= BUTTON_TITLE_MAX) &&
    new Set(titles).size === titles.length &&
    choices.options.every((option) => !option.description && option.id.length <= BUTTON_ID_MAX);
  return fitsButtons ? buttonsOf(choices, titles) : listOf(choices, titles);
}

function checkOptions(options: readonly Option[], titles: readonly string[]): void {
  if (options.length > ROWS_MAX)
    throw new Unsendable(`${options.length} options, WhatsApp shows ${ROWS_MAX}`);
  if (titles.includes("")) throw new Unsendable("an option has no title");
  if (new Set(options.map((option) => option.id)).size < options.length)
    throw new Unsendable("two options have one id");
  if (options.some((option) => option.id === "")) throw new Unsendable("an option has no id");
}

function buttonsOf(choices: Choices, titles: readonly string[]): Body {
  return {
    type: "button",
    ...(choices.imageId ? { header: { type: "image", image: { id: choices.imageId } } } : {}),
    body: { text: choices.text },
    action: {
      buttons: choices.options.map((option, at) => ({
        type: "reply",
        reply: { id: option.id, title: titles[at] },
      })),
    },
  };
}

function listOf(choices: Choices, titles: readonly string[]): Body {
  if (choices.options.some((option) => option.id.length > ROW_ID_MAX))
    throw new Unsendable("an option's id is too long");
  const short = cutUnique(titles, ROW_TITLE_MAX);
  const cutTitles = titles.filter((title, at) => title !== short[at]);
  const text = [
    choices.text,
    ...(cutTitles.length > 0 ? [""] : []),
    ...cutTitles.map((title) => `• ${title}`),
  ].join("\n");
  if (text.length > LIST_BODY_MAX) {
    throw new Unsendable(
      `text and options have ${text.length} characters, here ${LIST_BODY_MAX} are allowed`,
    );
  }
  const rows = choices.options.map((option, at) => ({
    id: option.id,
    title: short[at],
    ...(option.description ? { description: cut(option.description, ROW_DESCRIPTION_MAX) } : {}),
  }));
  return { type: "list", body: { text }, action: { button: choices.listLabel, sections: [{ rows }] } };
}
