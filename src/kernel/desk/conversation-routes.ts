import * as api from "../api/conversations.ts";
import { logAccess } from "../contacts/access-log.ts";
import { AppError } from "../errors.ts";
import { type Actor, type AnyRoute, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import type { Closing } from "../skill.ts";
import { localDate } from "../tenants/local-date.ts";
import { assign, close, giveBack, markRead, reopen, take } from "./actions.ts";
import { finishCall, listCallbacks, promiseCall, takeCall } from "./callbacks.ts";
import { conversationCounts, conversationPage, messagePage } from "./lists.ts";
import { sendReply } from "./reply.ts";
import { conversationRows } from "./rows.ts";
import { searchAll } from "./search.ts";
import { settleSend } from "./settle.ts";
import { sayTyping } from "./typing-signal.ts";

const done = { ok: true as const };

/** Everything behind api/conversations.ts. */
export function conversationRoutes(kernel: Kernel, closing: readonly Closing[]): AnyRoute[] {
  return [...readingRoutes(kernel), ...writingRoutes(kernel, closing), ...callbackRoutes(kernel)];
}

function readingRoutes(kernel: Kernel): AnyRoute[] {
  return [
    route(api.listConversations, ({ actor, query }) =>
      kernel.db.tenant(actor.tenantId, (tx) =>
        conversationPage({ tx, kernel, tenantId: actor.tenantId }, actor, query),
      ),
    ),
    route(api.countConversations, ({ actor }) =>
      kernel.db.tenant(actor.tenantId, (tx) => conversationCounts(tx, actor, kernel.clock.now())),
    ),
    route(api.getConversation, ({ actor, params }) => readConversation(kernel, actor, params.id)),
    route(api.listMessages, async ({ actor, params, query }) => {
      const { tenantId } = actor;
      const profile = await kernel.profile(tenantId);
      return kernel.db.tenant(tenantId, async (tx) => {
        const found = await tx
          .selectFrom("kernel.conversation")
          .select("contact_id")
          .where("tenant_id", "=", tenantId)
          .where("id", "=", params.id)
          .executeTakeFirst();
        if (!found) throw new AppError("not_found");
        const now = kernel.clock.now();
        await logAccess(tx, actor, {
          contactId: found.contact_id,
          day: localDate(now, profile.timeZone),
          now,
        });
        return messagePage({ tx, kernel, tenantId }, params.id, query);
      });
    }),
    route(api.search, ({ actor, query }) => searchAll(kernel, actor, query)),
  ];
}

async function readConversation(kernel: Kernel, actor: Actor, id: number): Promise<api.Conversation> {
  const { tenantId } = actor;
  const [row] = await kernel.db.tenant(tenantId, (tx) => conversationRows({ tx, kernel, tenantId }, [id]));
  if (!row) throw new AppError("not_found");
  return row;
}

function writingRoutes(kernel: Kernel, closing: readonly Closing[]): AnyRoute[] {
  return [
    route(api.sendMessage, ({ actor, params, body }) => sendReply(kernel, actor, params.id, body)),
    route(api.takeConversation, ({ actor, params }) => take(kernel, actor, params.id)),
    route(api.assignConversation, ({ actor, params, body }) => assign(kernel, actor, params.id, body)),
    route(api.returnConversation, ({ actor, params }) => giveBack(kernel, actor, params.id)),
    route(api.closeConversation, ({ actor, params }) => close(kernel, actor, params.id, closing)),
    route(api.reopenConversation, ({ actor, params }) => reopen(kernel, actor, params.id)),
    route(api.readConversation, async ({ actor, params }) => {
      await markRead(kernel, actor, params.id);
      return done;
    }),
    route(api.typeInConversation, async ({ actor, params }) => {
      await sayTyping(kernel, actor, params.id);
      return done;
    }),
    route(api.settleMessage, ({ actor, params, body }) =>
      settleSend(kernel, actor, { ...body, messageId: params.id }),
    ),
  ];
}

function callbackRoutes(kernel: Kernel): AnyRoute[] {
  return [
    route(api.listCallbacks, async ({ actor, query }) => ({
      items: await listCallbacks(kernel, actor, query.state),
    })),
    route(api.createCallback, ({ actor, params, body }) => promiseCall(kernel, actor, params.id, body)),
    route(api.takeCallback, ({ actor, params, body }) => takeCall(kernel, actor, params.id, body.isMine)),
    route(api.finishCallback, ({ actor, params, body }) => finishCall(kernel, actor, params.id, body.note)),
  ];
}
