import type { Webhook } from "./poster.ts";

/** One private text message as the Bot API delivers it. */
export interface TelegramText {
  updateId: number;
  chatId: number;
  messageId: number;
  sentAtMs: number;
  text: string;
}

export function telegramUpdate(app: { id: string; secret: string }, message: TelegramText): Webhook {
  const { updateId, chatId, messageId, sentAtMs, text } = message;
  const person = { id: chatId, first_name: "Kundin", language_code: "de" };
  const body = JSON.stringify({
    update_id: updateId,
    message: {
      message_id: messageId,
      from: { ...person, is_bot: false },
      chat: { id: chatId, first_name: person.first_name, type: "private" },
      date: Math.floor(sentAtMs / 1000),
      text,
    },
  });
  return {
    path: `/hooks/${app.id}`,
    body,
    headers: { "content-type": "application/json", "x-telegram-bot-api-secret-token": app.secret },
  };
}
