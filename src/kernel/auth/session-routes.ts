import { sql } from "kysely";
import { me, setup, setupState } from "../api/company.ts";
import { AppError } from "../errors.ts";
import { type AnyRoute, type Call, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { createTenant, defaultSettings } from "../tenants/create.ts";
import { isTimeZone } from "../tenants/zone-time.ts";
import { hashPassword, insertStaff } from "./accounts.ts";
import { type Auth, openAuth } from "./actor.ts";
import { isCodeNeeded, spendSetupCode } from "./setup-code.ts";

/** Two browsers may send the first setup at once; the second waits for the first and then learns that it is late. */
export const SETUP_LOCK = 4_171_002;

const LATE = "This node has an owner already. Sign in instead.";

/** Who am I, and the first owner of an empty node. */
export function sessionRoutes(kernel: Kernel): AnyRoute[] {
  const auth = openAuth(kernel);
  return [
    route(me, (call) => readMe(kernel, auth, call)),
    route(setupState, () => readSetup(kernel)),
    route(setup, async ({ body }) => {
      if (!isTimeZone(body.timeZone))
        throw new AppError("bad_request", undefined, [{ path: "timeZone", message: "unknown time zone" }]);
      // Anybody may call this: once there is an owner it takes neither a password's work nor a connection that waits.
      if (await hasOwner(kernel)) throw new AppError("conflict", LATE);
      const hash = await hashPassword(body.password);
      const tenantId = await kernel.db.registry(async (tx) => {
        await sql`select pg_advisory_xact_lock(${SETUP_LOCK})`.execute(tx);
        const some = await tx.selectFrom("kernel.staff").select("user_id").limit(1).execute();
        if (some.length > 0) throw new AppError("conflict", LATE);
        const now = kernel.clock.now();
        await spendSetupCode(tx, body.code, now);
        const settings = defaultSettings({ timeZone: body.timeZone, language: body.language });
        const tenant = await createTenant(tx, { name: body.company, settings }, now);
        const owner = {
          tenantId: tenant.id,
          email: body.email,
          name: body.name,
          role: "owner" as const,
          departmentId: null,
        };
        await insertStaff(tx, owner, hash, now);
        return tenant.id;
      });
      await Promise.all([kernel.registry.reload(), kernel.announce("registry", tenantId)]);
      return { ok: true as const };
    }),
  ];
}

async function hasOwner({ db }: Kernel): Promise<boolean> {
  const { rows } = await db.node.query("select from kernel.staff limit 1");
  return rows.length > 0;
}

async function readMe(kernel: Kernel, auth: Auth, { actor, request }: Call<typeof me>) {
  const session = actor.staffId.startsWith("key:") ? null : await auth.sessions.find(request);
  const companies = session ? await auth.memberships.of(session.userId) : [actor];
  const named = companies.flatMap(({ tenantId, role }) => {
    const tenant = kernel.registry.tenant(tenantId);
    return tenant ? [{ id: tenant.id, name: tenant.name, slug: tenant.slug, role }] : [];
  });
  const company = named.find((one) => one.id === actor.tenantId);
  if (!company) throw new AppError("busy", "The company was made a moment ago and is not loaded yet.");
  return {
    user: { id: actor.staffId, name: actor.name, email: session?.email ?? "" },
    role: actor.role,
    company: { id: company.id, name: company.name, slug: company.slug },
    companies: named.map(({ id, name, role }) => ({ id, name, role })),
  };
}

/** The demo's owner is named, so that the sign-in page can say with which address to begin. */
async function readSetup(kernel: Kernel) {
  const { rows } = await kernel.db.node.query<{ needed: boolean; email: string | null }>(`
    select not exists (select 1 from kernel.staff) as needed,
      (select u.email from kernel.tenant t join kernel.staff s on s.tenant_id = t.id and s.role = 'owner' and s.active
        join auth."user" u on u.id = s.user_id where t.is_demo order by t.id, s.created_at limit 1) as email`);
  const row = rows[0];
  const needed = row?.needed ?? false;
  const code = needed && (await isCodeNeeded(kernel.db)) ? { codeNeeded: true } : {};
  return { needed, demo: row?.email ? { email: row.email } : null, ...code };
}
