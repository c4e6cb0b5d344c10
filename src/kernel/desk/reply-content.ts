import type { Tx } from "../db/open.ts";
import type { Content, MediaType } from "../dialogue/content.ts";
import { AppError } from "../errors.ts";
import type { ReplyInput } from "./reply.ts";

/** What an agent typed, chose or attached, as content. @throws AppError bad_request, not_found */
export async function contentOf(tx: Tx, tenantId: number, input: ReplyInput): Promise<Content> {
  if (input.template) {
    const { name, language, parameters } = input.template;
    return {
      type: "template",
      name,
      language,
      parameters,
      text: input.text ?? [name, ...parameters].join(" · "),
    };
  }
  if (input.fileId) return fileContent(tx, tenantId, { ...input, fileId: input.fileId });
  if (!input.text)
    throw new AppError("bad_request", undefined, [{ path: "text", message: "nothing to send" }]);
  return { type: "text", text: input.text };
}

async function fileContent(
  tx: Tx,
  tenantId: number,
  input: ReplyInput & { fileId: string },
): Promise<Content> {
  const file = await tx
    .selectFrom("kernel.file")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("id", "=", input.fileId)
    .executeTakeFirst();
  if (!file) throw new AppError("bad_request", undefined, [{ path: "fileId", message: "no such file" }]);
  return {
    type: mediaType(file.mime),
    ...(input.text ? { text: input.text } : {}),
    media: { fileId: file.id, mime: file.mime, name: file.name, size: file.size, sha256: file.sha256 },
  };
}

function mediaType(mime: string): MediaType {
  const kind = mime.split("/", 1)[0];
  return kind === "image" || kind === "video" || kind === "audio" ? kind : "document";
}
