import { readFileSync } from "node:fs";
import type { Params } from "./telegram-params.ts";

/**
 * What Telegram would refuse. First the published schema (parameters known, required, of their type), then the
 * limits that stand only in the descriptions. Stricter than Telegram in one point: it ignores unknown parameters,
 * here they are refused, so that a misspelt one is found.
 */

type Shape = Readonly<Record<string, string>>;

const schema: { methods: Record<string, Shape>; types: Record<string, Shape> } = JSON.parse(
  readFileSync(new URL("./telegram-bot-api.json", import.meta.url), "utf8"),
);

const TEXT_MAX = 4096;
const CAPTION_MAX = 1024;
const CALLBACK_DATA_MAX_BYTES = 64;
const BUTTONS_MAX = 100;
const PHOTO_MAX_BYTES = 10 * 1024 * 1024;
const UPLOAD_MAX_BYTES = 50 * 1024 * 1024;

/** How a value of a parameter type may look; in a form everything is text. */
const looks: Readonly<Record<string, (value: unknown) => boolean>> = {
  Integer: (value) => Number.isSafeInteger(value) || (typeof value === "string" && /^-?\d+$/.test(value)),
  Float: (value) => typeof value !== "boolean" && value !== "" && Number.isFinite(Number(value)),
  Boolean: (value) => typeof value === "boolean" || value === "true" || value === "false",
  String: (value) => typeof value === "string",
};

export function isMethod(method: string): boolean {
  return Object.hasOwn(schema.methods, method);
}

/** @returns what is wrong, in Telegram's words where they are known, else null. */
export function faultOf(method: string, params: Params): string | null {
  const { files } = params;
  const values = { ...params.values, ...Object.fromEntries(files) };
  const shape = schema.methods[method] ?? {};
  const fault = shapeFault(values, shape, files) ?? textFault(method, params.values) ?? fileFault(params);
  return fault ?? keyboardFault(parsed(values.reply_markup));
}

function shapeFault(values: Record<string, unknown>, shape: Shape, files: Params["files"]): string | null {
  for (const [name, types] of Object.entries(shape)) {
    if (types.endsWith("!") && values[name] === undefined) return missing(name);
  }
  for (const [name, value] of Object.entries(values)) {
    const types = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (types === undefined) return `unknown parameter "${name}"`;
    const fits = types
      .replace("!", "")
      .split("|")
      .some((type) => isOf(type, value, files.has(name)));
    if (!fits) return `parameter "${name}" is no ${types}`;
  }
  return null;
}

/** Telegram's own sentences for what is most often forgotten. */
function missing(name: string): string {
  if (name === "chat_id") return "chat_id is empty";
  return name === "text" ? "message text is empty" : `parameter "${name}" is required`;
}

function isOf(type: string, value: unknown, isFile: boolean): boolean {
  if (isFile || type === "InputFile") return isFile && type === "InputFile";
  const look = looks[type];
  if (look) return look(value);
  const object = parsed(value);
  if (type.startsWith("Array of ")) return Array.isArray(object);
  if (typeof object !== "object" || object === null) return false;
  const shape = schema.types[type];
  return shape === undefined || shapeFault(object as Record<string, unknown>, shape, new Map()) === null;
}

/** Objects may come as JSON text. */
function parsed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

function textFault(method: string, values: Readonly<Record<string, unknown>>): string | null {
  const { text, caption, secret_token: secret } = values;
  if (method === "sendMessage" && String(text).trim() === "") return "message text is empty";
  if (method === "sendMessage" && String(text).length > TEXT_MAX) return "message is too long";
  if (typeof caption === "string" && caption.length > CAPTION_MAX) return "message caption is too long";
  if (method === "answerCallbackQuery" && String(text ?? "").length > 200) return "MESSAGE_TOO_LONG";
  if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(String(secret))) {
    return "secret token contains unallowed characters";
  }
  return null;
}

function fileFault({ files }: Params): string | null {
  for (const [field, { bytes }] of files) {
    if (bytes.length === 0) return "file must be non-empty";
    if (bytes.length > (field === "photo" ? PHOTO_MAX_BYTES : UPLOAD_MAX_BYTES)) return "file is too big";
  }
  return null;
}

function keyboardFault(markup: unknown): string | null {
  if (typeof markup !== "object" || markup === null || !("inline_keyboard" in markup)) return null;
  const rows = markup.inline_keyboard;
  if (!Array.isArray(rows) || !rows.every(Array.isArray)) return "object expected as reply markup";
  const buttons = rows.flat() as readonly unknown[];
  if (buttons.length > BUTTONS_MAX) return "reply markup is too long";
  return buttons.map(buttonFault).find((fault) => fault !== null) ?? null;
}

const looksOfAButton = new Set(["text", "style", "icon_custom_emoji_id"]);

function buttonFault(value: unknown): string | null {
  const button = (value ?? {}) as Record<string, unknown>;
  const shape = schema.types.InlineKeyboardButton ?? {};
  const fault = shapeFault(button, shape, new Map());
  if (fault !== null) return `can't parse inline keyboard button: ${fault}`;
  if (button.text === "") return "inline keyboard button text must be non-empty";
  const kinds = Object.keys(button).filter((name) => !looksOfAButton.has(name));
  if (kinds.length !== 1) return "text buttons are unallowed in the inline keyboard";
  if (kinds[0] !== "callback_data") return null;
  const bytes = Buffer.byteLength(String(button.callback_data));
  return bytes < 1 || bytes > CALLBACK_DATA_MAX_BYTES ? "BUTTON_DATA_INVALID" : null;
}
