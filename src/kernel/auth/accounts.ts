import { sql } from "kysely";
import type { Tx } from "../db/open.ts";
import { AppError } from "../errors.ts";
import { appendEvents } from "../events/append.ts";
import { randomToken } from "../ids.ts";
import type { Kernel } from "../kernel.ts";

/** 12 characters of base64url: 72 bits, short enough to be typed once. */
const ONE_TIME_BYTES = 9;

export interface NewStaff {
  tenantId: number;
  email: string;
  name: string;
  role: "owner" | "manager" | "agent";
  departmentId: number | null;
  /** At least 10 characters; without one a one-time password is made. */
  password?: string;
  /**
   * Who adds the person over the API. An account that exists already joins only when this person shares a company
   * with it; else whoever made the account first could enter every company that adds the address later.
   */
  invitedBy?: string;
}

export interface StaffAccount {
  userId: string;
  /** Shown once. Null when the person already had an account, or a password was given. */
  oneTimePassword: string | null;
}

/**
 * Adds a person to a company's staff; an account that exists under this e-mail joins with its own password.
 * @throws AppError conflict when the person is on this staff already
 */
export async function createStaffAccount(kernel: Kernel, staff: NewStaff): Promise<StaffAccount> {
  const oneTime = staff.password ? null : randomToken(ONE_TIME_BYTES);
  const hash = await hashPassword(staff.password ?? oneTime ?? "");
  const account = await kernel.db.registry((tx) => insertStaff(tx, staff, hash, kernel.clock.now()));
  await kernel.announce("staff", staff.tenantId);
  return { userId: account.userId, oneTimePassword: account.isNew ? oneTime : null };
}

/**
 * Gives an account a new one-time password and ends its sessions.
 * @returns the password, to be shown once
 * @throws AppError rule_broken for a person who works elsewhere, too: one company must not open the doors of another
 */
export async function replacePassword(kernel: Kernel, tenantId: number, userId: string): Promise<string> {
  const oneTime = randomToken(ONE_TIME_BYTES);
  const hash = await hashPassword(oneTime);
  await kernel.db.registry(async (tx) => {
    const elsewhere = await tx
      .selectFrom("kernel.staff")
      .select("tenant_id")
      .where("user_id", "=", userId)
      .where("tenant_id", "<>", tenantId)
      .executeTakeFirst();
    if (elsewhere)
      throw new AppError(
        "rule_broken",
        "This person works for another company, too, and keeps the password.",
      );
    await writePassword(tx, userId, { hash, now: kernel.clock.now() });
  });
  return oneTime;
}

/**
 * The same for whoever runs the machine, who may open every door of it: for an only owner, whom nobody in the company can help.
 * @returns the password, to be shown once; null when nobody signs in with this address
 */
export async function renewPasswordOf(kernel: Kernel, email: string): Promise<string | null> {
  const oneTime = randomToken(ONE_TIME_BYTES);
  const hash = await hashPassword(oneTime);
  return kernel.db.registry(async (tx) => {
    const found = await sql<{ id: string }>`
      select id from auth."user" where email = ${email.trim().toLowerCase()}`.execute(tx);
    const userId = found.rows[0]?.id;
    if (!userId) return null;
    await writePassword(tx, userId, { hash, now: kernel.clock.now() });
    return oneTime;
  });
}

/** Every session ends: whoever knew the old password is out. */
async function writePassword(
  tx: Tx,
  userId: string,
  { hash, now }: { hash: string; now: number },
): Promise<void> {
  await sql`
    update auth.account set password = ${hash}, "updatedAt" = ${new Date(now)}
    where "userId" = ${userId} and "providerId" = 'credential'`.execute(tx);
  await sql`delete from auth.session where "userId" = ${userId}`.execute(tx);
}

/** scrypt, as better-auth reads it (its own parameters). */
export async function hashPassword(password: string): Promise<string> {
  const library = await import("better-auth/crypto");
  return library.hashPassword(password);
}

/** The same inside a transaction of the node's role, for setups that write more than the person. */
export async function insertStaff(
  tx: Tx,
  staff: NewStaff,
  passwordHash: string,
  nowMs: number,
): Promise<{ userId: string; isNew: boolean }> {
  const email = staff.email.trim().toLowerCase();
  const now = new Date(nowMs);
  const made = await sql<{ id: string }>`
    insert into auth."user" (id, name, email, "createdAt", "updatedAt")
    values (${randomToken(16)}, ${staff.name}, ${email}, ${now}, ${now})
    on conflict (email) do nothing returning id`.execute(tx);
  const isNew = made.rows.length > 0;
  const userId =
    made.rows[0]?.id ??
    (await sql<{ id: string }>`select id from auth."user" where email = ${email}`.execute(tx)).rows[0]?.id;
  if (!userId) throw new AppError("conflict");
  if (!isNew && staff.invitedBy !== undefined) await mustShareCompany(tx, userId, staff);
  if (isNew) {
    await sql`
      insert into auth.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
      values (${randomToken(16)}, ${userId}, 'credential', ${userId}, ${passwordHash}, ${now}, ${now})`.execute(
      tx,
    );
  }
  const joined = await tx
    .insertInto("kernel.staff")
    .values({
      tenant_id: staff.tenantId,
      user_id: userId,
      name: staff.name,
      role: staff.role,
      department_id: staff.departmentId,
      created_at: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("user_id")
    .execute();
  if (joined.length === 0) throw new AppError("conflict", "This person is on the staff already.");
  await appendEvents(tx, staff.tenantId, [{ type: "staff.changed", ref: userId }], nowMs);
  return { userId, isNew };
}

/** @throws AppError conflict when the account belongs to companies that the inviter has no part in */
async function mustShareCompany(tx: Tx, userId: string, staff: NewStaff): Promise<void> {
  const { rows } = await sql<{ shared: boolean }>`
    select bool_or(s.tenant_id = ${staff.tenantId} or i.user_id is not null) as shared from kernel.staff s
    left join kernel.staff i on i.tenant_id = s.tenant_id and i.user_id = ${staff.invitedBy} and i.active and i.role in ('owner', 'manager')
    where s.user_id = ${userId}`.execute(tx);
  if (!rows[0]?.shared)
    throw new AppError(
      "conflict",
      "This address has an account at another company on this node. Use another address, or ask the operator.",
    );
}
