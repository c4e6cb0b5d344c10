import type { MetaError } from "./whatsapp-errors.ts";
import { invalid, isText, type Json, missing, objectOr } from "./whatsapp-fields.ts";

/** Buttons and lists: the limits of Meta's schema, and that titles and ids differ. */

const BUTTON_BODY_MAX = 1024;
const LIST_BODY_MAX = 4096;
const SHORT_TEXT_MAX = 60;
const BUTTONS_MAX = 3;
const BUTTON_TITLE_MAX = 20;
const BUTTON_ID_MAX = 256;
const SECTIONS_MAX = 10;
const SECTION_TITLE_MAX = 24;
const ROWS_MAX = 10;
const ROW_TITLE_MAX = 24;
const ROW_DESCRIPTION_MAX = 72;
const ROW_ID_MAX = 200;

const otherTypes = new Set([
  "call_permission_request",
  "catalog_message",
  "cta_url",
  "flow",
  "location_request_message",
  "order_details",
  "order_status",
  "product",
  "product_list",
]);

export function checkInteractive(message: Json): MetaError | null {
  const type = message.type;
  if (message.action === undefined && type !== undefined) return missing("interactive.action");
  if (typeof type === "string" && otherTypes.has(type)) return null;
  if (type !== "button" && type !== "list") return invalid(`interactive.type ${String(type)}`);
  const text = objectOr(message.body).text;
  if (typeof text !== "string" || text.trim() === "") return missing("interactive.body.text");
  if (!isText(text, type === "button" ? BUTTON_BODY_MAX : LIST_BODY_MAX))
    return invalid("interactive.body.text is too long");
  const footer = message.footer;
  if (footer !== undefined && !isText(objectOr(footer).text, SHORT_TEXT_MAX))
    return invalid("interactive.footer");
  const header = message.header === undefined ? null : objectOr(message.header);
  if (header?.type === "text" && !isText(header.text, SHORT_TEXT_MAX))
    return invalid("interactive.header.text");
  if (type === "list" && header && header.type !== "text") return invalid("a list takes a text header only");
  const action = objectOr(message.action);
  return type === "button" ? checkButtons(action.buttons) : checkList(action);
}

function checkButtons(value: unknown): MetaError | null {
  if (!Array.isArray(value) || value.length === 0) return missing("interactive.action.buttons");
  if (value.length > BUTTONS_MAX)
    return invalid(`Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: ${BUTTONS_MAX}`);
  const replies = value.map((button) => objectOr(objectOr(button).reply));
  if (value.some((button) => objectOr(button).type !== "reply")) return invalid("button type must be reply");
  return checkTitled(replies, { title: BUTTON_TITLE_MAX, id: BUTTON_ID_MAX });
}

function checkList(action: Json): MetaError | null {
  if (typeof action.button !== "string" || action.button.trim() === "")
    return missing("interactive.action.button");
  if (!isText(action.button, BUTTON_TITLE_MAX)) return invalid("interactive.action.button is too long");
  if (!Array.isArray(action.sections) || action.sections.length === 0)
    return missing("interactive.action.sections");
  if (action.sections.length > SECTIONS_MAX) return invalid(`at most ${SECTIONS_MAX} sections`);
  const sections = action.sections.map(objectOr);
  const needsTitle = sections.length > 1;
  if (
    sections.some(
      (each) => (needsTitle || each.title !== undefined) && !isText(each.title, SECTION_TITLE_MAX),
    )
  ) {
    return invalid("section title");
  }
  const rows = sections.flatMap((each) => (Array.isArray(each.rows) ? each.rows.map(objectOr) : []));
  if (rows.length === 0) return missing("rows");
  if (rows.length > ROWS_MAX) return invalid(`Total row count exceed max allowed count: ${ROWS_MAX}`);
  if (rows.some((row) => row.description !== undefined && !isText(row.description, ROW_DESCRIPTION_MAX))) {
    return invalid("row description is too long");
  }
  return checkTitled(rows, { title: ROW_TITLE_MAX, id: ROW_ID_MAX });
}

function checkTitled(list: readonly Json[], max: { title: number; id: number }): MetaError | null {
  for (const { id, title } of list) {
    if (!isText(id, max.id) || id === "" || id.trim() !== id)
      return invalid("id is empty, padded or too long");
    if (!isText(title, max.title) || title.trim() === "") return invalid("title is empty or too long");
  }
  if (new Set(list.map((each) => each.id)).size < list.length) return invalid("ids must be unique");
  return new Set(list.map((each) => each.title)).size < list.length
    ? invalid("Duplicated title of button")
    : null;
}
