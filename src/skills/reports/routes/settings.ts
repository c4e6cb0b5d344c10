import { type AnyRoute, type House, randomToken, route } from "#kernel";
import {
  createReportKind,
  createReportTeam,
  deleteReportKind,
  deleteReportTeam,
  listReportKinds,
  listReportPlaces,
  listReportTeams,
  renewReportTeam,
  replaceReportKind,
  replaceReportPlaces,
} from "../api.ts";
import {
  insertTeam,
  listKinds,
  listPlaces,
  listTeams,
  removeKind,
  removeTeam,
  renewCode,
  replacePlaces,
  saveKind,
  tellSettings,
} from "../store/settings.ts";
import { SETTINGS } from "../store/settings-cache.ts";
import { inTenant, type ReportsTx } from "../store/tx.ts";

const CODE_BYTES = 6;

/** Typed by thumb: letters and digits only, none that look alike, e.g. team-7kq2m9xw. */
function newCode(): string {
  const letters = "23456789abcdefghjkmnpqrstuvwxyz";
  const bytes = Buffer.from(randomToken(CODE_BYTES + 2), "base64url");
  return `team-${[...bytes].map((byte) => letters[byte % letters.length]).join("")}`;
}

export function settingsRoutes(house: House): readonly AnyRoute[] {
  /** A change of the settings: written, then told to every process. */
  async function change<T>(tenantId: number, work: (tx: ReportsTx) => Promise<T>): Promise<T> {
    const result = await inTenant(house, tenantId, async (tx) => {
      const made = await work(tx);
      await tellSettings(tx, tenantId, house.clock.now());
      return made;
    });
    await house.announce(SETTINGS, tenantId);
    return result;
  }
  const ok = { ok: true as const };

  return [
    route(listReportTeams, async ({ actor: { tenantId } }) => ({
      items: await inTenant(house, tenantId, (tx) => listTeams(tx, tenantId)),
    })),
    route(createReportTeam, ({ actor: { tenantId }, body }) =>
      change(tenantId, (tx) => insertTeam(tx, tenantId, { ...body, code: newCode() })),
    ),
    route(renewReportTeam, ({ actor: { tenantId }, params }) =>
      change(tenantId, (tx) => renewCode(tx, tenantId, params.id, newCode())),
    ),
    route(deleteReportTeam, async ({ actor: { tenantId }, params }) => {
      await change(tenantId, (tx) => removeTeam(tx, tenantId, params.id));
      return ok;
    }),
    route(listReportKinds, async ({ actor: { tenantId } }) => ({
      items: await inTenant(house, tenantId, (tx) => listKinds(tx, tenantId)),
    })),
    route(createReportKind, ({ actor: { tenantId }, body }) =>
      change(tenantId, (tx) => saveKind(tx, tenantId, body, null)),
    ),
    route(replaceReportKind, ({ actor: { tenantId }, body, params }) =>
      change(tenantId, (tx) => saveKind(tx, tenantId, body, params.id)),
    ),
    route(deleteReportKind, async ({ actor: { tenantId }, params }) => {
      await change(tenantId, (tx) => removeKind(tx, tenantId, params.id));
      return ok;
    }),
    route(listReportPlaces, async ({ actor: { tenantId } }) => ({
      items: await inTenant(house, tenantId, (tx) => listPlaces(tx, tenantId)),
    })),
    route(replaceReportPlaces, async ({ actor: { tenantId }, body }) => ({
      items: await change(tenantId, (tx) => replacePlaces(tx, tenantId, body.items)),
    })),
  ];
}
