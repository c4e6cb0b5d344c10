import { z } from "zod";
import { answerLater, type House, setTimer, type Timer } from "#kernel";
import {
  type Addressee,
  knownLetter,
  progressLetter,
  progressTemplate,
  reportForTeam,
} from "./flows/letters.ts";
import { catalogue } from "./flows/scene.ts";
import { HANDLE } from "./rules/purposes.ts";
import { isOpen } from "./rules/states.ts";
import { CONSENT, FILE, FORGET, JOIN, PASS, TEAM, TELL } from "./rules/timer-kinds.ts";
import { fileTelling } from "./store/filing.ts";
import { notPassed, passToTeam, teamOfKind } from "./store/passing.ts";
import { forgetOld } from "./store/personal.ts";
import { agreeToProgress, tellReporter } from "./store/progress.ts";
import { findReports, findStatements, lockReport, type ReportRow } from "./store/report-row.ts";
import { hearTeam, joinByCode } from "./store/team-room.ts";
import { inTenant, tell } from "./store/tx.ts";

/** Pictures are fetched from the provider beside us; so long a message waits for one. */
const PICTURE_WAIT_MS = 120_000;
const PICTURE_LOOK_MS = 5_000;

const language = z.enum(["de", "en"]);
const telling = z.object({
  kindId: z.number(),
  contactId: z.number(),
  conversationId: z.number(),
  messageId: z.string(),
  language,
  text: z.string(),
  place: z.object({ name: z.string(), latitude: z.number().nullable(), longitude: z.number().nullable() }),
  photo: z.string().nullable(),
  saidAt: z.number(),
});
const progress = z.object({ reportId: z.number(), what: z.enum(["accepted", "done", "rejected"]) });
const agreed = z.object({
  contactId: z.number(),
  channelId: z.number(),
  conversationId: z.number(),
  messageId: z.string(),
  language,
  text: z.string(),
});

/** kind -> what happens when it is due. Each is repeatable. */
export function reportTimers(house: House): Readonly<Record<string, (timer: Timer) => Promise<void>>> {
  return {
    [FILE]: (timer) => file(house, timer),
    [PASS]: (timer) => pass(house, timer),
    [TELL]: (timer) => tellAll(house, timer),
    [TEAM]: (timer) => hearTeam(house, timer),
    [JOIN]: (timer) => joinByCode(house, timer),
    [CONSENT]: ({ tenantId, payload }) =>
      inTenant(house, tenantId, (tx) =>
        agreeToProgress(tx, { tenantId, ...agreed.parse(payload), now: house.clock.now() }),
      ),
    [FORGET]: ({ tenantId }) => forgetOld(house, tenantId, catalogue),
  };
}

/** Files what was told; who told something known hears that at once. */
async function file(house: House, { tenantId, payload }: Timer): Promise<void> {
  const told = telling.parse(payload);
  const { formOfAddress } = await house.profile(tenantId);
  await inTenant(house, tenantId, async (tx) => {
    const filed = await fileTelling(tx, tenantId, told);
    if (!filed) return;
    const now = house.clock.now();
    if (filed.isDuplicate) {
      const to: Addressee = { language: told.language, form: formOfAddress };
      const content = knownLetter(to, { id: filed.reportId, state: filed.state });
      const { conversationId, messageId } = told;
      await answerLater(house, tx, { tenantId, conversationId, messageId, purpose: HANDLE, content, now });
    }
    await tell(tx, tenantId, [filed.reportId], now);
  });
}

/** Brings a new report to its team. What stands in the way is stored for the staff, and tried again with the team's next word. */
async function pass(house: House, { tenantId, payload }: Timer): Promise<void> {
  const reportId = z.number().parse(payload.reportId);
  const { teamFormOfAddress } = await house.profile(tenantId);
  await inTenant(house, tenantId, async (tx) => {
    const report = await lockReport(tx, tenantId, reportId);
    if (report.passed_at !== null || !isOpen(report.state) || report.statement_id === null) return;
    const now = house.clock.now();
    const team = await teamOfKind(tx, tenantId, report.kind_id);
    if (!team || team.grant_id === null) {
      const fault = team ? "not_joined" : "no_team";
      await notPassed(tx, { tenantId, reportId, teamId: team?.id ?? null, fault, now });
      return;
    }
    if (waitsForPicture(report.photo_message_id, report.photo_file, report.created_at, now)) {
      await setTimer(tx, {
        tenantId,
        kind: PASS,
        key: String(reportId),
        dueAt: now + PICTURE_LOOK_MS,
        payload: { reportId },
      });
      return;
    }
    const content = reportForTeam(
      { language: team.language, form: teamFormOfAddress },
      {
        id: reportId,
        kind: report.kind_name,
        text: report.text ?? "",
        place: { name: report.place_name ?? "", latitude: report.latitude, longitude: report.longitude },
        photoFileId: report.photo_file,
      },
    );
    await passToTeam(house, tx, { tenantId, report, team, content, now });
  });
}

function waitsForPicture(message: string | null, fileId: string | null, since: Date, now: number): boolean {
  return message !== null && fileId === null && now - since.getTime() < PICTURE_WAIT_MS;
}

/** Tells everybody who reported it, each in a transaction of its own: one who cannot be told holds up nobody. */
async function tellAll(house: House, { tenantId, payload }: Timer): Promise<void> {
  const { reportId, what } = progress.parse(payload);
  const { formOfAddress: form } = await house.profile(tenantId);
  const now = house.clock.now();
  const found = await inTenant(house, tenantId, async (tx) => {
    const [report] = await findReports(tx, tenantId, { id: reportId, limit: 1 });
    // Overtaken: who reads that it is done need not read that it was accepted.
    if (!report || report.state !== what) return null;
    const isWaiting =
      report.ended_at !== null &&
      waitsForPicture(report.done_message_id, report.done_file, report.ended_at, now);
    if (!isWaiting) return { report, statements: await findStatements(tx, tenantId, reportId) };
    const dueAt = now + PICTURE_LOOK_MS;
    const key = `${what} ${reportId}`;
    await setTimer(tx, { tenantId, kind: TELL, key, dueAt, payload: { reportId, what } });
    return null;
  });
  if (!found) return;
  for (const { id: statementId, language: spoken } of found.statements) {
    const letters = lettersFor({ language: spoken, form }, found.report, what);
    await inTenant(house, tenantId, (tx) =>
      tellReporter(house, tx, { tenantId, statementId, what, ...letters, now }),
    );
  }
}

function lettersFor(to: Addressee, report: ReportRow, what: "accepted" | "done" | "rejected") {
  const said = {
    report: { id: report.id, kind: report.kind_name, note: report.note },
    what,
    resultFileId: report.done_file,
  };
  const template = report.templates[to.language];
  return {
    content: progressLetter(to, said),
    template: template === null ? null : progressTemplate(to, template, said),
  };
}
