import * as api from "../api/company.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { type AnyRoute, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";

/** Departments and text blocks: small lists that a company keeps for its desk. */
export function deskSettingsRoutes(kernel: Kernel): AnyRoute[] {
  return [...departmentRoutes(kernel), ...textBlockRoutes(kernel)];
}

/** Company settings are few; a list that reaches this is no longer one that people choose from. */
const LIST_LIMIT = 500;

function departmentRoutes(kernel: Kernel): AnyRoute[] {
  return [
    route(api.listDepartments, ({ actor }) =>
      kernel.db.tenant(actor.tenantId, async (tx) => ({
        items: await tx
          .selectFrom("kernel.department")
          .select(["id", "name"])
          .where("tenant_id", "=", actor.tenantId)
          .orderBy("name")
          .limit(LIST_LIMIT)
          .execute(),
      })),
    ),
    route(api.createDepartment, ({ actor, body }) =>
      kernel.db.tenant(actor.tenantId, async (tx) => {
        await checkRoom(tx, "kernel.department", actor.tenantId);
        const row = await tx
          .insertInto("kernel.department")
          .values({ tenant_id: actor.tenantId, name: body.name })
          .returning(["id", "name"])
          .executeTakeFirstOrThrow();
        await appendEvents(tx, actor.tenantId, [{ type: "staff.changed" }], kernel.clock.now());
        return row;
      }),
    ),
    route(api.deleteDepartment, async ({ actor, params }) => {
      await kernel.db.tenant(actor.tenantId, (tx) =>
        removeDepartment(tx, actor.tenantId, params.id, kernel.clock.now()),
      );
      return { ok: true as const };
    }),
  ];
}

/** Its conversations go back into the queue, its people stay. */
async function removeDepartment(tx: Tx, tenantId: number, id: number, now: number): Promise<void> {
  const moved = await tx
    .updateTable("kernel.conversation")
    .set((eb) => ({
      department_id: null,
      state: eb
        .case()
        .when(eb.and([eb("state", "=", "person"), eb("assignee_id", "is", null)]))
        .then("waiting" as const)
        .else(eb.ref("state"))
        .end(),
    }))
    .where("tenant_id", "=", tenantId)
    .where("department_id", "=", id)
    .returning("id")
    .execute();
  await tx
    .updateTable("kernel.staff")
    .set({ department_id: null })
    .where("tenant_id", "=", tenantId)
    .where("department_id", "=", id)
    .execute();
  const gone = await tx
    .deleteFrom("kernel.department")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", id)
    .returning("id")
    .execute();
  if (gone.length === 0) throw new AppError("not_found");
  const events = moved.map((row) => ({ type: "conversation.changed", conversationId: row.id }));
  await appendEvents(tx, tenantId, [{ type: "staff.changed" }, ...events], now);
}

async function checkRoom(
  tx: Tx,
  table: "kernel.department" | "kernel.text_block",
  tenantId: number,
): Promise<void> {
  const { n } = await tx
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("tenant_id", "=", tenantId)
    .executeTakeFirstOrThrow();
  if (Number(n) >= LIST_LIMIT) throw new AppError("rule_broken", `At most ${LIST_LIMIT}.`);
}

function textBlockRoutes(kernel: Kernel): AnyRoute[] {
  return [
    route(api.listTextBlocks, ({ actor }) =>
      kernel.db.tenant(actor.tenantId, async (tx) => ({
        items: await tx
          .selectFrom("kernel.text_block")
          .select(["id", "title", "language", "text"])
          .where("tenant_id", "=", actor.tenantId)
          .orderBy("title")
          .orderBy("id")
          .limit(LIST_LIMIT)
          .execute(),
      })),
    ),
    route(api.createTextBlock, ({ actor, body }) =>
      kernel.db.tenant(actor.tenantId, async (tx) => {
        await checkRoom(tx, "kernel.text_block", actor.tenantId);
        const row = await tx
          .insertInto("kernel.text_block")
          .values({ tenant_id: actor.tenantId, ...body })
          .returning(["id", "title", "language", "text"])
          .executeTakeFirstOrThrow();
        await appendEvents(tx, actor.tenantId, [{ type: "company.changed" }], kernel.clock.now());
        return row;
      }),
    ),
    route(api.deleteTextBlock, async ({ actor, params }) => {
      await kernel.db.tenant(actor.tenantId, async (tx) => {
        const gone = await tx
          .deleteFrom("kernel.text_block")
          .where("tenant_id", "=", actor.tenantId)
          .where("id", "=", params.id)
          .returning("id")
          .execute();
        if (gone.length === 0) throw new AppError("not_found");
        await appendEvents(tx, actor.tenantId, [{ type: "company.changed" }], kernel.clock.now());
      });
      return { ok: true as const };
    }),
  ];
}
