import { z } from "zod";
import { answerLater, type Content, type House, type Timer } from "#kernel";
import { type Addressee, teamLetter, teamOption, whichReport } from "../flows/letters.ts";
import { WORK } from "../rules/purposes.ts";
import { mayMove } from "../rules/states.ts";
import { fold } from "../rules/words.ts";
import { moveReport, planTelling, showResult, type TeamReport, teamReports } from "./moves.ts";
import { passWaiting } from "./passing.ts";
import { SETTINGS } from "./settings-cache.ts";
import { joinTeam, lockTeam } from "./teams.ts";
import { inTenant, type ReportsTx, tell } from "./tx.ts";

/** What happens in a team's own conversation: it joins, and moves its reports on. The answers say what was done. */

/** So long those who reported wait for the picture of a result. */
const RESULT_WAIT_MS = 600_000;
/** A picture that comes later than this belongs to something else. */
const RESULT_MS = 3_600_000;
const MOST_OFFERED = 9;

const heard = z.object({
  teamId: z.number(),
  act: z.enum(["accepted", "done", "photo", "no_photo", "list"]),
  reportId: z.number().nullable(),
  photo: z.string().nullable(),
  conversationId: z.number(),
  messageId: z.string(),
});
type Heard = z.output<typeof heard>;

interface Room {
  tx: ReportsTx;
  tenantId: number;
  said: Heard;
  to: Addressee;
  reports: readonly TeamReport[];
  now: number;
}

/** A team said something about its reports. Repeatable: what was done already changes nothing. */
export async function hearTeam(house: House, { tenantId, payload }: Timer): Promise<void> {
  const said = heard.parse(payload);
  const profile = await house.profile(tenantId);
  await inTenant(house, tenantId, async (tx) => {
    const team = await lockTeam(tx, tenantId, said.teamId);
    if (!team) return;
    const now = house.clock.now();
    const to = { language: team.language, form: profile.teamFormOfAddress };
    const reports = await teamReports(tx, tenantId, { id: team.id, since: now - RESULT_MS });
    await passWaiting(tx, tenantId, { id: team.id, now });
    const content = await act({ tx, tenantId, said, to, reports, now });
    if (content) await answer(house, tx, { tenantId, ...said, content, now });
  });
}

function answer(
  house: House,
  tx: ReportsTx,
  one: { tenantId: number; conversationId: number; messageId: string; content: Content; now: number },
): Promise<boolean> {
  const { tenantId, conversationId, messageId, content, now } = one;
  return answerLater(house, tx, { tenantId, conversationId, messageId, purpose: WORK, content, now });
}

function act(room: Room): Promise<Content | null> {
  const { said } = room;
  if (said.act === "list") return Promise.resolve(list(room));
  if (said.act === "photo" || said.act === "no_photo") return addResult(room);
  return move(room, said.act);
}

const isUnderWay = ({ state }: TeamReport): boolean => state === "passed" || state === "accepted";

function list({ to, reports }: Room): Content {
  const open = reports.filter(isUnderWay);
  if (open.length === 0) return teamLetter(to, "teamNone");
  const options = open
    .slice(0, MOST_OFFERED)
    .map(({ id, state }) => ({
      id,
      act: state === "passed" ? ("accepted" as const) : ("done" as const),
    }))
    .flatMap(({ id, act: next }) => whichReport(to, next, [{ id }]));
  return teamLetter(to, "teamList", { options });
}

async function move(room: Room, to: "accepted" | "done"): Promise<Content | null> {
  const { said, reports } = room;
  const report =
    said.reportId === null ? onlyOne(reports, to) : reports.find(({ id }) => id === said.reportId);
  if (!report) return which(room, to);
  if (!mayMove(report.state, to)) return already(room, report);
  const shown = said.photo ? { conversationId: said.conversationId, messageId: said.photo } : null;
  const isLater = to === "done" && !shown;
  await moveReport(room.tx, room.tenantId, {
    reportId: report.id,
    to,
    now: room.now,
    shown,
    ...(isLater ? { tellAt: room.now + RESULT_WAIT_MS } : {}),
  });
  const values = { number: report.id, minutes: RESULT_WAIT_MS / 60_000 };
  if (to === "accepted")
    return teamLetter(room.to, "teamAccepted", {
      values,
      options: [teamOption(room.to, "done", report.id)],
    });
  if (shown) return teamLetter(room.to, "teamDoneNow", { values });
  return teamLetter(room.to, "teamDone", { values, options: [teamOption(room.to, "no_photo", report.id)] });
}

/** Without a number it is clear what is meant when only one can be; what was accepted is finished first. */
function onlyOne(reports: readonly TeamReport[], to: "accepted" | "done"): TeamReport | undefined {
  const accepted = reports.filter(({ state }) => state === "accepted");
  const passed = reports.filter(({ state }) => state === "passed");
  const candidates = to === "done" && accepted.length > 0 ? accepted : passed;
  return candidates.length === 1 ? candidates[0] : undefined;
}

function which({ said, to, reports }: Room, step: "accepted" | "done"): Content {
  if (said.reportId !== null) return teamLetter(to, "teamUnknown", { values: { number: said.reportId } });
  const open = reports.filter(({ state }) => mayMove(state, step)).slice(0, MOST_OFFERED);
  if (open.length === 0) return teamLetter(to, "teamNone");
  return teamLetter(to, "teamWhich", { options: whichReport(to, step, open) });
}

function already({ to }: Room, report: TeamReport): Content {
  const state = teamLetter(to, `teamState_${report.state}`);
  const values = { number: report.id, state: "text" in state ? (state.text ?? "") : "" };
  return teamLetter(to, "teamAlready", { values });
}

/** The picture of a result, or that there is none: those who reported are told now. */
async function addResult(room: Room): Promise<Content | null> {
  const { tx, tenantId, said, to, reports, now } = room;
  const done = reports.filter(({ state, done_message_id: shown }) => state === "done" && shown === null);
  const report = said.reportId === null ? done.at(-1) : done.find(({ id }) => id === said.reportId);
  if (!report)
    return said.act === "photo" ? which({ ...room, said: { ...said, reportId: null } }, "done") : null;
  if (said.photo)
    await showResult(tx, tenantId, {
      reportId: report.id,
      conversationId: said.conversationId,
      messageId: said.photo,
    });
  await planTelling(tx, tenantId, { reportId: report.id, what: "done", dueAt: now });
  await tell(tx, tenantId, [report.id], now);
  const values = { number: report.id };
  return said.photo ? teamLetter(to, "teamPhoto", { values }) : teamLetter(to, "teamDoneNow", { values });
}

const joining = z.object({
  teamId: z.number(),
  code: z.string(),
  contactId: z.number(),
  channelId: z.number(),
  conversationId: z.number(),
  messageId: z.string(),
  text: z.string().min(1),
});

/** The yes to a team's code. Repeatable: the code is used up with it. */
export async function joinByCode(house: House, { tenantId, payload }: Timer): Promise<void> {
  const asked = joining.parse(payload);
  const profile = await house.profile(tenantId);
  const isDone = await inTenant(house, tenantId, async (tx) => {
    const team = await lockTeam(tx, tenantId, asked.teamId);
    if (!team) return false;
    const now = house.clock.now();
    const to = { language: team.language, form: profile.teamFormOfAddress };
    const isValid = team.join_code !== null && fold(team.join_code) === asked.code;
    // The same yes once more: it has its answer.
    if (!isValid && team.conversation_id === asked.conversationId) return false;
    if (isValid) {
      await joinTeam(tx, tenantId, { ...asked, language: team.language, now });
      await passWaiting(tx, tenantId, { id: team.id, now });
    }
    const content = teamLetter(to, isValid ? "joined" : "joinUsed", { values: { team: team.name } });
    await answer(house, tx, { tenantId, ...asked, content, now });
    return isValid;
  });
  if (isDone) await house.announce(SETTINGS, tenantId);
}
