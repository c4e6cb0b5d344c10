import type { ChannelAccount, Content, Media, SendResult } from "#kernel";
import type { Door } from "./door.ts";
import { outcomeOf, outcomeOfFailure } from "./outcome.ts";
import { render, type WhatsappMessage } from "./render.ts";
import type { Upload } from "./upload.ts";

export function messagesUrl(account: ChannelAccount): string {
  return `${account.apiBase}/${encodeURIComponent(account.address)}/messages`;
}

/** Uploads what must be uploaded, renders, posts, judges. Never throws for anything the provider does. */
export async function send(
  message: WhatsappMessage,
  account: ChannelAccount,
  means: { door: Door; upload: Upload },
): Promise<SendResult> {
  const attempt = message.attempt ?? 1;
  const file = fileOf(message.content);
  let ready: WhatsappMessage = message;
  if (file) {
    const uploaded = await means.upload({ media: file, message, account, attempt });
    if ("outcome" in uploaded) return uploaded;
    ready = { ...message, content: withMedia(message.content, { ...file, providerId: uploaded.mediaId }) };
  }
  const rendered = render(ready, account);
  if (!rendered.ok) {
    return { outcome: "failed", error: { code: 100, title: rendered.reason }, action: rendered.action };
  }
  try {
    const body = JSON.stringify(rendered.body);
    const answer = await means.door({
      method: "POST",
      url: messagesUrl(account),
      token: account.token,
      body,
    });
    return outcomeOf(answer, attempt);
  } catch (error) {
    return outcomeOfFailure(error, attempt);
  }
}

/** @returns the file that stands with us and not yet at the provider. */
function fileOf(content: Content): Media | null {
  const media = "media" in content ? content.media : content.type === "text" ? content.image : undefined;
  return media?.fileId && !media.providerId ? media : null;
}

function withMedia(content: Content, media: Media): Content {
  if (content.type === "text") return { ...content, image: media };
  return "media" in content ? { ...content, media } : content;
}
