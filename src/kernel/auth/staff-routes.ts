import { sql } from "kysely";
import { createStaff, listStaff, renewPassword, type StaffMember, updateStaff } from "../api/company.ts";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { type Actor, type AnyRoute, type Call, route } from "../http/route.ts";
import type { Kernel } from "../kernel.ts";
import { createStaffAccount, replacePassword } from "./accounts.ts";
import { openAuth } from "./actor.ts";

/** Colleagues. Names and addresses of people stand in the sign-in tables, so these run as the node's role. */
export function staffRoutes(kernel: Kernel): AnyRoute[] {
  return [
    route(listStaff, async ({ actor }) => ({
      items: await kernel.db.registry((tx) => members(tx, actor.tenantId)),
    })),
    route(createStaff, ({ actor, body }) => create(kernel, actor, body)),
    route(updateStaff, (call) => update(kernel, call)),
    route(renewPassword, ({ actor, params }) => renew(kernel, actor, params.id)),
  ];
}

interface MemberRecord {
  user_id: string;
  name: string;
  email: string;
  role: StaffMember["role"];
  department_id: number | null;
  active: boolean;
  last_seen_at: Date | null;
}

async function members(tx: Tx, tenantId: number, userId?: string): Promise<StaffMember[]> {
  const { rows } = await sql<MemberRecord>`
    select s.user_id, s.name, coalesce(u.email, '') as email, s.role, s.department_id, s.active, s.last_seen_at
    from kernel.staff s left join auth."user" u on u.id = s.user_id
    where s.tenant_id = ${tenantId} ${userId === undefined ? sql`` : sql`and s.user_id = ${userId}`}
    order by s.active desc, lower(s.name), s.user_id`.execute(tx);
  return rows.map((row) => ({
    id: row.user_id,
    name: row.name,
    email: row.email,
    role: row.role,
    departmentId: row.department_id,
    active: row.active,
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
  }));
}

async function member(tx: Tx, tenantId: number, userId: string): Promise<StaffMember> {
  const [found] = await members(tx, tenantId, userId);
  if (!found) throw new AppError("not_found");
  return found;
}

async function create(kernel: Kernel, actor: Actor, body: Call<typeof createStaff>["body"]) {
  if (body.role === "owner") mustBeOwner(actor);
  await checkDepartment(kernel, actor.tenantId, body.departmentId);
  const account = await createStaffAccount(kernel, {
    tenantId: actor.tenantId,
    invitedBy: actor.staffId,
    ...body,
  });
  return {
    member: await kernel.db.registry((tx) => member(tx, actor.tenantId, account.userId)),
    oneTimePassword: account.oneTimePassword,
  };
}

async function checkDepartment(kernel: Kernel, tenantId: number, id: number | null): Promise<void> {
  if (id === null) return;
  const found = await kernel.db.tenant(tenantId, (tx) =>
    tx
      .selectFrom("kernel.department")
      .select("id")
      .where("tenant_id", "=", tenantId)
      .where("id", "=", id)
      .executeTakeFirst(),
  );
  if (!found)
    throw new AppError("bad_request", undefined, [{ path: "departmentId", message: "no such department" }]);
}

function mustBeOwner(actor: Actor): void {
  if (actor.role !== "owner") throw new AppError("forbidden", "Only an owner decides about owners.");
}

async function update(
  kernel: Kernel,
  { actor, params, body }: Call<typeof updateStaff>,
): Promise<StaffMember> {
  const { tenantId } = actor;
  if (body.departmentId !== undefined) await checkDepartment(kernel, tenantId, body.departmentId);
  const changed = await kernel.db.registry(async (tx) => {
    // All owners are locked, so that two of them cannot retire each other at the same moment.
    const owners = await tx
      .selectFrom("kernel.staff")
      .select("user_id")
      .where("tenant_id", "=", tenantId)
      .where("role", "=", "owner")
      .where("active", "=", true)
      .orderBy("user_id")
      .forUpdate()
      .execute();
    const before = await member(tx, tenantId, params.id);
    if (before.role === "owner" || body.role === "owner") mustBeOwner(actor);
    const staysOwner = (body.role ?? before.role) === "owner" && (body.active ?? before.active);
    if (owners.length === 1 && owners[0]?.user_id === params.id && !staysOwner)
      throw new AppError("rule_broken", "A company needs an owner. Make somebody else owner first.");
    const { departmentId, ...columns } = body;
    const set = { ...columns, ...(departmentId === undefined ? {} : { department_id: departmentId }) };
    if (Object.keys(set).length > 0)
      await tx
        .updateTable("kernel.staff")
        .set(set)
        .where("tenant_id", "=", tenantId)
        .where("user_id", "=", params.id)
        .execute();
    const after = await member(tx, tenantId, params.id);
    await appendEvents(tx, tenantId, [{ type: "staff.changed", ref: params.id }], kernel.clock.now());
    return after;
  });
  openAuth(kernel).memberships.forget();
  await kernel.announce("staff", tenantId);
  return changed;
}

/** Without e-mail this is how a forgotten password is replaced. */
async function renew(kernel: Kernel, actor: Actor, userId: string) {
  const { role } = await kernel.db.registry((tx) => member(tx, actor.tenantId, userId));
  if (role === "owner") mustBeOwner(actor);
  const oneTimePassword = await replacePassword(kernel, actor.tenantId, userId);
  openAuth(kernel).sessions.forget();
  return { oneTimePassword };
}
