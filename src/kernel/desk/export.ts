import { sql } from "kysely";
import type { Conversation, Message } from "../api/conversations.ts";
import type { Tx } from "../db/open.ts";
import type { Kernel } from "../kernel.ts";
import { conversationRows, messageRows } from "./rows.ts";

/** A company's conversations for a file: as the API shows them, oldest first, a page at a time. */
export interface ExportWish {
  tenantId: number;
  /** Only this one. */
  conversationId?: number | undefined;
  /** Colleagues' notes to each other are left out unless asked for. */
  withNotes: boolean;
}

export interface ExportedConversation {
  conversation: Conversation;
  /** Pages in reading order; each is read when it is asked for. */
  messages: AsyncIterable<readonly Message[]>;
}

const CONVERSATIONS_PER_PAGE = 100;
const MESSAGES_PER_PAGE = 500;

/**
 * Reads by key, page by page, each page in a transaction of its own: it holds back no vacuum and needs the same
 * memory for ten conversations and ten million. What is written meanwhile may or may not be in it.
 */
export async function* exportConversations(
  kernel: Pick<Kernel, "db" | "adapters" | "registry">,
  wish: ExportWish,
): AsyncGenerator<ExportedConversation> {
  for (let after = 0; ; ) {
    const page = await kernel.db.tenant(wish.tenantId, async (tx) =>
      conversationRows({ tx, kernel, tenantId: wish.tenantId }, await idsAfter(tx, wish, after)),
    );
    for (const conversation of page)
      yield { conversation, messages: messagePages(kernel, wish, conversation.id) };
    const last = page.at(-1);
    if (!last || page.length < CONVERSATIONS_PER_PAGE) return;
    after = last.id;
  }
}

async function idsAfter(tx: Tx, wish: ExportWish, after: number): Promise<number[]> {
  const only = wish.conversationId === undefined ? sql`` : sql`and id = ${wish.conversationId}`;
  const { rows } = await sql<{ id: number }>`
    select id from kernel.conversation where tenant_id = ${wish.tenantId} and id > ${after} ${only}
    order by id limit ${CONVERSATIONS_PER_PAGE}`.execute(tx);
  return rows.map((row) => row.id);
}

async function* messagePages(
  kernel: Pick<Kernel, "db" | "adapters" | "registry">,
  wish: ExportWish,
  conversationId: number,
): AsyncGenerator<readonly Message[]> {
  const { tenantId } = wish;
  const hidden = wish.withNotes ? sql`` : sql`and not (author = 'agent' and status = 'note')`;
  for (let after: string | null = null; ; ) {
    const from: string | null = after;
    const page: Message[] = await kernel.db.tenant(tenantId, async (tx) => {
      const { rows } = await sql<{ id: string }>`
        select id from kernel.message where tenant_id = ${tenantId} and conversation_id = ${conversationId}
          ${from === null ? sql`` : sql`and id > ${from}::uuid`} ${hidden}
        order by id limit ${MESSAGES_PER_PAGE}`.execute(tx);
      return messageRows(
        { tx, kernel, tenantId },
        rows.map(({ id }) => ({ conversationId, id })),
      );
    });
    if (page.length > 0) yield page;
    if (page.length < MESSAGES_PER_PAGE) return;
    after = page.at(-1)?.id ?? null;
  }
}
