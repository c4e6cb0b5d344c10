import { type Kernel, translate } from "#kernel";
import type { KindInput, PlaceInput } from "../../skills/reports/api.ts";
import { catalogue } from "../../skills/reports/flows/scene.ts";
import { reportTimers } from "../../skills/reports/jobs.ts";
import { PASS } from "../../skills/reports/rules/timer-kinds.ts";
import { fileTelling } from "../../skills/reports/store/filing.ts";
import { moveReport } from "../../skills/reports/store/moves.ts";
import { insertTeam, replacePlaces, saveKind } from "../../skills/reports/store/settings.ts";
import { joinTeam } from "../../skills/reports/store/teams.ts";
import { inTenant, type ReportsTx } from "../../skills/reports/store/tx.ts";
import type { SeededPerson } from "./persons.ts";
import { personSays, type Said } from "./talks.ts";

/** What customers told of the shops, and the field team that looks after it. */

export interface ReportsFile {
  team: { name: string; language: "de" | "en"; person: number };
  places: PlaceInput[];
  kinds: (Pick<KindInput, "name" | "keywords" | "wantsPhoto"> & { id: string; topic: string | null })[];
  reports: {
    kind: string;
    state: "new" | "accepted" | "done";
    note: string;
    tellings: { person: number; place: number; minutesAgo: number; text: string }[];
  }[];
}

const MINUTE_MS = 60_000;
/** The team said its yes so long ago. */
const TEAM_SINCE_MS = 30 * 86_400_000;
const HERE = { radiusMetres: 150, withinHours: 24, templates: { de: null, en: null } };

interface FiledReport {
  reportId: number;
  state: "new" | "accepted" | "done";
  note: string;
}

export async function seedReports(
  kernel: Kernel,
  tenantId: number,
  parts: { file: ReportsFile; persons: readonly SeededPerson[]; topics: ReadonlyMap<string, number> },
): Promise<void> {
  const { file, persons, topics } = parts;
  const { timeZone, teamFormOfAddress: form } = await kernel.profile(tenantId);
  const now = kernel.clock.now();
  const say = (tx: ReportsTx, said: Omit<Said, "timeZone">) =>
    personSays(tx, tenantId, { ...said, timeZone });
  const filed: FiledReport[] = [];
  await inTenant(kernel, tenantId, async (tx) => {
    const { name, language, person } = file.team;
    const team = await insertTeam(tx, tenantId, { name, language, code: "" });
    const head = persons[person] as SeededPerson;
    const joinedAt = now - TEAM_SINCE_MS;
    const yes = await say(tx, { person: head, text: language === "de" ? "Ja" : "Yes", at: joinedAt });
    await joinTeam(tx, tenantId, {
      ...yes,
      teamId: team.id,
      code: "",
      contactId: head.contactId,
      channelId: head.channelId,
      language,
      text: translate(catalogue, { language, form }, "joinAsk", { team: name }),
      now: joinedAt,
    });
    await replacePlaces(tx, tenantId, file.places);
    const kinds = new Map<string, number>();
    for (const { id, topic, ...kind } of file.kinds) {
      const noticeTopicId = topics.get(topic ?? "") ?? null;
      const saved = await saveKind(tx, tenantId, { ...kind, ...HERE, teamId: team.id, noticeTopicId }, null);
      kinds.set(id, saved.id);
    }
    for (const report of file.reports) {
      let reportId = 0;
      for (const { person: teller, place, minutesAgo, text } of report.tellings) {
        const who = persons[teller] as SeededPerson;
        const saidAt = now - minutesAgo * MINUTE_MS;
        const told = await fileTelling(tx, tenantId, {
          ...(await say(tx, { person: who, text, at: saidAt })),
          kindId: kinds.get(report.kind) as number,
          contactId: who.contactId,
          language: who.language,
          text,
          place: file.places[place] as PlaceInput,
          photo: null,
          saidAt,
        });
        reportId = told?.reportId ?? reportId;
      }
      filed.push({ reportId, ...report });
    }
  });
  await moveAll(kernel, tenantId, filed);
}

/** Through the team's own conversation, as everything later goes. */
async function moveAll(kernel: Kernel, tenantId: number, filed: readonly FiledReport[]): Promise<void> {
  const pass = reportTimers(kernel)[PASS];
  for (const { reportId, state, note } of filed) {
    const timer = { tenantId, kind: PASS, key: String(reportId), payload: { reportId }, attempts: 0 };
    await pass?.(timer);
    if (state === "new") continue;
    const now = kernel.clock.now();
    await inTenant(kernel, tenantId, (tx) => moveReport(tx, tenantId, { reportId, to: "accepted", now }));
    if (state === "done")
      await inTenant(kernel, tenantId, (tx) => moveReport(tx, tenantId, { reportId, to: "done", note, now }));
  }
}
