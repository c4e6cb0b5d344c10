import { type Actor, type AnyRoute, type House, route, type Tx } from "#kernel";
import * as api from "../api.ts";
import { companyRow } from "../store/companies.ts";
import { addVersion, insertDrawing, removeDrawing } from "../store/drawings.ts";
import { insertMachine, removeMachine, updateMachine } from "../store/machines.ts";
import { addPersonTo, changeRoles, leave } from "../store/persons.ts";
import { changing } from "../store/tx.ts";
import { shownCompany } from "./companies.ts";

/** People, machines and files of a company; every change answers with the company as it stands then. */
export function belongingRoutes(house: House): readonly AnyRoute[] {
  const change = (actor: Actor, work: (tx: Tx, now: number) => Promise<number>): Promise<api.Company> =>
    changing(house, actor.tenantId, async (tx) =>
      shownCompany(house, tx, actor, await work(tx, house.clock.now())),
    );
  return [...personRoutes(change), ...machineRoutes(change), ...drawingRoutes(change)];
}

type Change = (actor: Actor, work: (tx: Tx, now: number) => Promise<number>) => Promise<api.Company>;

function personRoutes(change: Change): readonly AnyRoute[] {
  return [
    route(api.addPerson, ({ actor, params: { id }, body: person }) =>
      change(actor, async (tx, now) => {
        await companyRow(tx, actor.tenantId, id);
        await addPersonTo(tx, actor.tenantId, id, { person, now });
        return id;
      }),
    ),
    route(api.setRoles, ({ actor, params: { id }, body: { roles } }) =>
      change(actor, (tx, now) => changeRoles(tx, actor.tenantId, { id, roles }, now)),
    ),
    route(api.removePerson, ({ actor, params: { id } }) =>
      change(actor, (tx, now) => leave(tx, actor.tenantId, id, now)),
    ),
  ];
}

function machineRoutes(change: Change): readonly AnyRoute[] {
  return [
    route(api.addMachine, ({ actor, params: { id: companyId }, body: input }) =>
      change(actor, async (tx, now) => {
        await companyRow(tx, actor.tenantId, companyId);
        await insertMachine(tx, actor.tenantId, { companyId, input }, now);
        return companyId;
      }),
    ),
    route(api.replaceMachine, ({ actor, params: { id }, body: { revision, ...input } }) =>
      change(actor, (tx, now) => updateMachine(tx, actor.tenantId, { id, revision, input }, now)),
    ),
    route(api.deleteMachine, ({ actor, params: { id } }) =>
      change(actor, (tx, now) => removeMachine(tx, actor.tenantId, id, now)),
    ),
  ];
}

function drawingRoutes(change: Change): readonly AnyRoute[] {
  return [
    route(api.addDrawing, ({ actor, params: { id: companyId }, body }) =>
      change(actor, async (tx, now) => {
        await companyRow(tx, actor.tenantId, companyId);
        const { fileId, note, title, machineId } = body;
        const version = { fileId, note, by: actor.staffId, now };
        await insertDrawing(tx, actor.tenantId, { companyId, machineId, title }, version);
        return companyId;
      }),
    ),
    route(api.addDrawingVersion, ({ actor, params: { id }, body }) =>
      change(actor, (tx, now) => addVersion(tx, actor.tenantId, id, { ...body, by: actor.staffId, now })),
    ),
    route(api.deleteDrawing, ({ actor, params: { id } }) =>
      change(actor, (tx, now) => removeDrawing(tx, actor.tenantId, id, now)),
    ),
  ];
}
