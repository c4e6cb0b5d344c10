import type { Bot, SentMessage, StoredFile } from "./telegram-bot.ts";
import type { Params } from "./telegram-params.ts";
import type { WebhookQueue } from "./telegram-webhook.ts";

/** What each method does once its parameters are found good. */

const DOWNLOAD_MAX_BYTES = 20 * 1024 * 1024;

export interface MethodCall {
  bot: Bot;
  queue: WebhookQueue;
  method: string;
  params: Params;
}

export type Outcome = { result: unknown } | { code: number; description: string };

/** Methods that put a message into a chat: the ones that stand in /_sent and that /_fail makes fail. */
export function isMessageMethod(method: string): boolean {
  return method.startsWith("send") && method !== "sendChatAction";
}

const others: Readonly<Record<string, (call: MethodCall) => Outcome>> = {
  getMe: ({ bot }) => ({
    result: {
      id: bot.id,
      is_bot: true,
      first_name: bot.username,
      username: bot.username,
      can_join_groups: false,
    },
  }),
  setWebhook: ({ bot, queue, params: { values } }) => {
    const url = String(values.url);
    const allowed = Array.isArray(values.allowed_updates) ? values.allowed_updates.map(String) : null;
    if (isTrue(values.drop_pending_updates)) queue.drop();
    bot.hook = url === "" ? null : { url, secret: String(values.secret_token ?? ""), allowed };
    queue.wake();
    return { result: true };
  },
  deleteWebhook: ({ bot, queue, params: { values } }) => {
    if (isTrue(values.drop_pending_updates)) queue.drop();
    bot.hook = null;
    return { result: true };
  },
  getWebhookInfo: ({ bot, queue }) => ({
    result: {
      url: bot.hook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: queue.pending,
      ...(queue.lastError && {
        last_error_date: queue.lastError.date,
        last_error_message: queue.lastError.message,
      }),
      ...(bot.hook?.allowed && { allowed_updates: bot.hook.allowed }),
    },
  }),
  sendChatAction: () => ({ result: true }),
  answerCallbackQuery: () => ({ result: true }),
  editMessageReplyMarkup: ({ bot, params: { values } }) => {
    const message = bot.keyboards.get(Number(values.chat_id));
    if (message === undefined || message.message_id !== Number(values.message_id)) {
      return { code: 400, description: "Bad Request: message to edit not found" };
    }
    message.reply_markup = objectOf(values.reply_markup) ?? undefined;
    return { result: message };
  },
  getFile: ({ bot, params: { values } }) => {
    const file = bot.file(String(values.file_id));
    if (file === undefined) {
      return { code: 400, description: "Bad Request: wrong file_id or the file is temporarily unavailable" };
    }
    const size = file.bytes.length;
    if (size > DOWNLOAD_MAX_BYTES) return { code: 400, description: "Bad Request: file is too big" };
    return {
      result: { file_id: file.fileId, file_unique_id: file.fileId, file_size: size, file_path: file.path },
    };
  },
};

export function perform(call: MethodCall): Outcome {
  if (isMessageMethod(call.method)) return sendMessage(call);
  return others[call.method]?.(call) ?? { code: 404, description: "Not Found: method not found" };
}

function sendMessage({ bot, method, params }: MethodCall): Outcome {
  const { values, files } = params;
  const chatId = Number(values.chat_id);
  if (!Number.isSafeInteger(chatId)) return { code: 400, description: "Bad Request: chat not found" };
  if (bot.blockedBy.has(chatId)) return { code: 403, description: "Forbidden: bot was blocked by the user" };
  const stored = [...files].map(([field, file]) => [field, fileResult(field, bot.storeFile(file))]);
  const keyboard = objectOf(values.reply_markup);
  const message: SentMessage = {
    message_id: bot.nextMessageId(chatId),
    from: { id: bot.id, is_bot: true, first_name: bot.username, username: bot.username },
    chat: { id: chatId, type: "private" },
    date: Math.floor(Date.now() / 1000),
    ...(values.text !== undefined && { text: values.text }),
    ...(values.caption !== undefined && { caption: values.caption }),
    ...Object.fromEntries(stored),
    ...(method === "sendLocation" && {
      location: { latitude: Number(values.latitude), longitude: Number(values.longitude) },
    }),
    ...(keyboard && { reply_markup: keyboard }),
  };
  if (keyboard && "inline_keyboard" in keyboard) bot.rememberKeyboard(message);
  return { result: message };
}

function fileResult(field: string, file: StoredFile): unknown {
  const ids = { file_id: file.fileId, file_unique_id: file.fileId, file_size: file.bytes.length };
  if (field === "photo") return [{ ...ids, width: 800, height: 600 }];
  return { ...ids, file_name: file.name, mime_type: file.mime };
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

function objectOf(value: unknown): Record<string, unknown> | null {
  const object: unknown = typeof value === "string" ? JSON.parse(value) : value;
  return typeof object === "object" && object !== null ? (object as Record<string, unknown>) : null;
}
