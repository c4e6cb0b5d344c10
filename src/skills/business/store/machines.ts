import { sql } from "kysely";
import { AppError, type Tx } from "#kernel";
import type { Machine, MachineInput } from "../api.ts";
import { serialKey } from "../rules/serial.ts";
import { deleteDrawings } from "./drawings.ts";
import { tell } from "./tx.ts";

interface MachineRow {
  id: number;
  company_id: number;
  serial: string;
  model: string;
  place: string;
  technician: string | null;
  technician_name: string | null;
  revision: number;
}

/** Machines of one company, never of another. @param of.id only this one */
export async function machinesOf(
  tx: Tx,
  tenantId: number,
  of: { companyId: number; id?: number },
): Promise<Machine[]> {
  const { rows } = await sql<MachineRow>`
    select m.id, m.company_id, m.serial, m.model, m.place, s.user_id as technician, s.name as technician_name, m.revision
    from business.machine m left join kernel.staff s on s.tenant_id = m.tenant_id and s.user_id = m.technician and s.active
    where m.tenant_id = ${tenantId} and m.company_id = ${of.companyId}
      and (${of.id === undefined} or m.id = ${of.id ?? 0})
    order by m.model, m.serial_key limit 1000`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    companyId: row.company_id,
    serial: row.serial,
    model: row.model,
    place: row.place,
    technician: row.technician === null ? null : { id: row.technician, name: row.technician_name ?? "" },
    revision: row.revision,
  }));
}

/** @throws AppError bad_request for a serial number without letters or digits, one that is taken, or an unknown colleague */
async function checked(
  tx: Tx,
  tenantId: number,
  input: MachineInput,
  ownId: number,
): Promise<{ key: string }> {
  const key = serialKey(input.serial);
  if (key === "")
    throw new AppError("bad_request", undefined, [
      { path: "serial", message: "letters or digits are missing" },
    ]);
  const taken = await sql<{ name: string }>`
    select c.name from business.machine m join business.company c on c.tenant_id = m.tenant_id and c.id = m.company_id
    where m.tenant_id = ${tenantId} and m.serial_key = ${key} and m.id <> ${ownId}`.execute(tx);
  if (taken.rows[0])
    throw new AppError("bad_request", undefined, [
      { path: "serial", message: `stands at ${taken.rows[0].name}` },
    ]);
  if (input.technicianId !== null) {
    const staff = await sql`select from kernel.staff
      where tenant_id = ${tenantId} and user_id = ${input.technicianId} and active`.execute(tx);
    if (staff.rows.length === 0)
      throw new AppError("bad_request", undefined, [{ path: "technicianId", message: "not on the staff" }]);
  }
  return { key };
}

export async function insertMachine(
  tx: Tx,
  tenantId: number,
  machine: { companyId: number; input: MachineInput },
  now: number,
): Promise<void> {
  const { companyId, input } = machine;
  const { key } = await checked(tx, tenantId, input, 0);
  await sql`insert into business.machine (tenant_id, company_id, serial, serial_key, model, place, technician, created_at)
    values (${tenantId}, ${companyId}, ${input.serial}, ${key}, ${input.model}, ${input.place}, ${input.technicianId}, ${new Date(now)})`.execute(
    tx,
  );
  await tell(tx, tenantId, `company ${companyId}`, now);
}

/** @returns the company's id @throws AppError not_found, conflict */
export async function updateMachine(
  tx: Tx,
  tenantId: number,
  change: { id: number; revision: number; input: MachineInput },
  now: number,
): Promise<number> {
  const { id, revision, input } = change;
  const row = await lockMachine(tx, tenantId, id);
  if (row.revision !== revision) throw new AppError("conflict");
  const { key } = await checked(tx, tenantId, input, id);
  await sql`update business.machine set serial = ${input.serial}, serial_key = ${key}, model = ${input.model}, place = ${input.place},
      technician = ${input.technicianId}, revision = revision + 1 where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
  await tell(tx, tenantId, `company ${row.company_id}`, now);
  return row.company_id;
}

/** @returns the company's id @throws AppError not_found */
export async function removeMachine(tx: Tx, tenantId: number, id: number, now: number): Promise<number> {
  const { company_id: companyId } = await lockMachine(tx, tenantId, id);
  await deleteDrawings(tx, tenantId, { companyId, machineId: id });
  await sql`delete from business.machine where tenant_id = ${tenantId} and id = ${id}`.execute(tx);
  await tell(tx, tenantId, `company ${companyId}`, now);
  return companyId;
}

async function lockMachine(tx: Tx, tenantId: number, id: number) {
  const { rows } = await sql<{ company_id: number; revision: number }>`
    select company_id, revision from business.machine where tenant_id = ${tenantId} and id = ${id} for update`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found");
  return row;
}
