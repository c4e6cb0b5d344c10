import * as api from "../api/contacts.ts";
import type { Tx } from "../db/open.ts";
import { appendEvents } from "../events/append.ts";
import { type Actor, type AnyRoute, type Call, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { localDate } from "../tenants/local-date.ts";
import { logAccess, logListed } from "./access-log.ts";
import { contactPage, readContact } from "./contact.ts";
import { erasePerson } from "./erase.ts";
import { mergeContacts, undoMerge } from "./merge.ts";
import { kernelRoom, type PersonalRoom } from "./personal-data.ts";
import { personOf } from "./roots.ts";

/** @param rooms of the skills; the kernel's own comes last, because the others may look at its rows */
export function contactRoutes(kernel: Kernel, rooms: readonly PersonalRoom[]): AnyRoute[] {
  const inTenant = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => kernel.db.tenant(actor.tenantId, work);
  return [
    route(api.listContacts, ({ actor, query }) =>
      inTenant(actor, async (tx) => {
        const page = await contactPage(tx, actor.tenantId, query);
        const ids = page.items.map(({ id }) => id);
        await logListed(kernel, actor, ids, { tx });
        return page;
      }),
    ),
    route(api.getContact, ({ actor, params }) => read(kernel, actor, params.id)),
    route(api.updateContact, (call) => update(kernel, call)),
    route(api.mergeContacts, ({ actor, params, body }) =>
      inTenant(actor, async (tx) => {
        await mergeContacts(tx, actor, { contactId: params.id, intoId: body.into }, kernel.clock.now());
        return readContact(tx, actor.tenantId, body.into);
      }),
    ),
    route(api.undoMerge, ({ actor, params }) =>
      inTenant(actor, async (tx) =>
        readContact(tx, actor.tenantId, await undoMerge(tx, actor, params.id, kernel.clock.now())),
      ),
    ),
    route(api.exportContact, async ({ actor, params }) => {
      const { timeZone } = await kernel.profile(actor.tenantId);
      return inTenant(actor, async (tx) => {
        const ids = await existing(tx, actor, params.id);
        const now = kernel.clock.now();
        for (const contactId of ids)
          await logAccess(tx, actor, { contactId, day: localDate(now, timeZone), now });
        const data: Record<string, unknown> = {};
        for (const room of [...rooms, kernelRoom(actor.tenantId, kernel.clock.now)])
          data[room.id] = await room.personalData.export(tx, ids);
        return data;
      });
    }),
    route(api.eraseContact, async ({ actor, params }) => {
      await inTenant(actor, async (tx) => {
        const contactIds = await existing(tx, actor, params.id);
        await erasePerson(tx, { tenantId: actor.tenantId, contactIds, rooms, now: kernel.clock.now() });
      });
      return { ok: true as const };
    }),
  ];
}

async function read(kernel: Kernel, actor: Actor, id: number) {
  const profile = await kernel.profile(actor.tenantId);
  return kernel.db.tenant(actor.tenantId, async (tx) => {
    const contact = await readContact(tx, actor.tenantId, id);
    const now = kernel.clock.now();
    await logAccess(tx, actor, { contactId: contact.id, day: localDate(now, profile.timeZone), now });
    return contact;
  });
}

/** The person's contacts, the root first. @throws AppError not_found */
async function existing(tx: Tx, actor: Actor, id: number): Promise<number[]> {
  const contact = await readContact(tx, actor.tenantId, id);
  return personOf(tx, actor.tenantId, contact.id);
}

async function update(kernel: Kernel, { actor, params, body }: Call<typeof api.updateContact>) {
  const { tenantId } = actor;
  return kernel.db.tenant(tenantId, async (tx) => {
    const { id } = await readContact(tx, tenantId, params.id);
    if (Object.keys(body).length > 0)
      await tx
        .updateTable("kernel.contact")
        .set(body)
        .where("tenant_id", "=", tenantId)
        .where("id", "=", id)
        .execute();
    const conversations = await tx
      .selectFrom("kernel.conversation")
      .select("id")
      .where("tenant_id", "=", tenantId)
      .where("contact_id", "in", await personOf(tx, tenantId, id))
      .execute();
    const events = conversations.map((row) => ({ type: "conversation.changed", conversationId: row.id }));
    const contact = await readContact(tx, tenantId, id);
    await appendEvents(
      tx,
      tenantId,
      [{ type: "contact.changed", ref: String(id) }, ...events],
      kernel.clock.now(),
    );
    return contact;
  });
}
