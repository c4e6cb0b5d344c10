import * as api from "../api/company.ts";
import { AppError } from "../errors.ts";
import { type AnyRoute, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { openAuth } from "./actor.ts";
import { createApiKey } from "./api-keys.ts";

const RANK = { agent: 1, manager: 2, owner: 3 } as const;

export function keyRoutes(kernel: Kernel): AnyRoute[] {
  return [
    route(api.listApiKeys, ({ actor }) =>
      kernel.db.tenant(actor.tenantId, async (tx) => {
        const rows = await tx
          .selectFrom("kernel.api_key")
          .select(["id", "name", "prefix", "role", "created_at", "last_used_at"])
          .where("tenant_id", "=", actor.tenantId)
          .orderBy("id")
          .execute();
        return {
          items: rows.map((row) => ({
            id: row.id,
            name: row.name,
            prefix: row.prefix,
            role: row.role,
            createdAt: row.created_at.toISOString(),
            lastUsedAt: row.last_used_at?.toISOString() ?? null,
          })),
        };
      }),
    ),
    route(api.createApiKey, async ({ actor, body }) => {
      if (RANK[body.role] > RANK[actor.role])
        throw new AppError("forbidden", "A key cannot do more than who makes it.");
      const { id, prefix, secret, createdAt } = await createApiKey(kernel, actor.tenantId, body);
      const key = { id, prefix, ...body, createdAt: createdAt.toISOString(), lastUsedAt: null };
      return { key, secret };
    }),
    route(api.deleteApiKey, async ({ actor, params }) => {
      const gone = await kernel.db.tenant(actor.tenantId, (tx) =>
        tx
          .deleteFrom("kernel.api_key")
          .where("tenant_id", "=", actor.tenantId)
          .where("id", "=", params.id)
          .returning("id")
          .execute(),
      );
      if (gone.length === 0) throw new AppError("not_found");
      openAuth(kernel).keys.forget(actor.tenantId);
      await kernel.announce("api-keys", actor.tenantId);
      return { ok: true as const };
    }),
  ];
}
