import { z } from "zod";
import { contract, done, idParam, language, page, pageQuery, time } from "#kernel/api";

const tag = "Reports";
const both = (characters: number) =>
  z.object({
    de: z.string().trim().min(1).max(characters),
    en: z.string().trim().min(1).max(characters),
  });
const keywords = z.array(z.string().trim().min(2).max(60)).max(50);

const team = z.object({
  id: z.number(),
  name: z.string(),
  language,
  /** Written into a conversation it makes that conversation the team's, after a yes; null when it was used. */
  joinCode: z.string().nullable(),
  conversationId: z.number().nullable(),
  joinedAt: time.nullable(),
});
export type Team = z.output<typeof team>;
const teamInput = z.object({ name: z.string().trim().min(1).max(80), language });

export const listReportTeams = contract({
  method: "GET",
  path: "/api/v1/report-teams",
  tag,
  access: "staff",
  summary: "Field teams that look after reports",
  reply: z.object({ items: z.array(team) }),
});
export const createReportTeam = contract({
  method: "POST",
  path: "/api/v1/report-teams",
  tag,
  access: "manager",
  status: 201,
  summary: "Add a field team; its code is written into the conversation that becomes its own",
  body: teamInput,
  reply: team,
});
export const renewReportTeam = contract({
  method: "POST",
  path: "/api/v1/report-teams/:id/code",
  tag,
  access: "manager",
  summary: "Make a new code; the conversation stays the team's until another one uses it",
  params: idParam,
  reply: team,
});
export const deleteReportTeam = contract({
  method: "DELETE",
  path: "/api/v1/report-teams/:id",
  tag,
  access: "manager",
  summary: "Remove a team that never had a report and no kind names",
  params: idParam,
  reply: done,
});

const kindInput = z.object({
  name: both(40),
  /** What customers write; a star at the end also finds longer words ("verschmutz*"). */
  keywords: z.object({ de: keywords, en: keywords }),
  teamId: z.number().int().positive().nullable(),
  /** Reports no farther apart than this … */
  radiusMetres: z.number().int().min(1).max(100_000).default(150),
  /** … and told within this time are one. */
  withinHours: z.number().int().min(1).max(720).default(24),
  wantsPhoto: z.boolean().default(false),
  /** The topic whose subscribers may be told after an editor's yes; null = nobody. */
  noticeTopicId: z.number().int().positive().nullable().default(null),
  /** Approved templates with two parameters, number and kind, for those who agreed to hear later; null = none. */
  templates: z
    .object({ de: z.string().max(200).nullable(), en: z.string().max(200).nullable() })
    .default({ de: null, en: null }),
});
export type KindInput = z.output<typeof kindInput>;
const kind = kindInput.extend({ id: z.number() });
export type Kind = z.output<typeof kind>;

export const listReportKinds = contract({
  method: "GET",
  path: "/api/v1/report-kinds",
  tag,
  access: "staff",
  summary: "What customers can report",
  reply: z.object({ items: z.array(kind) }),
});
export const createReportKind = contract({
  method: "POST",
  path: "/api/v1/report-kinds",
  tag,
  access: "manager",
  status: 201,
  summary: "Add a kind of report",
  body: kindInput,
  reply: kind,
});
export const replaceReportKind = contract({
  method: "PUT",
  path: "/api/v1/report-kinds/:id",
  tag,
  access: "manager",
  summary: "Save a kind of report whole",
  params: idParam,
  body: kindInput,
  reply: kind,
});
export const deleteReportKind = contract({
  method: "DELETE",
  path: "/api/v1/report-kinds/:id",
  tag,
  access: "manager",
  summary: "Take a kind away; its reports stay",
  params: idParam,
  reply: done,
});

const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);
const place = z.object({
  name: z.string().trim().min(1).max(120),
  aliases: z.array(z.string().trim().min(2).max(120)).max(20).default([]),
  latitude,
  longitude,
});
export type PlaceInput = z.output<typeof place>;
const places = z.object({ items: z.array(place).max(2_000) });
export const listReportPlaces = contract({
  method: "GET",
  path: "/api/v1/report-places",
  tag,
  access: "staff",
  summary: "Places that customers name, with where they are",
  reply: places,
});
export const replaceReportPlaces = contract({
  method: "PUT",
  path: "/api/v1/report-places",
  tag,
  access: "manager",
  summary: "Save all places",
  body: places,
  reply: places,
});

const state = z.enum(["new", "passed", "accepted", "done", "rejected"]);
const told = z
  .record(z.string(), z.string())
  .describe("accepted, done, rejected -> message, grant, or why this person could not be told");
const report = z.object({
  id: z.number(),
  kind: z.object({ id: z.number(), name: both(40) }),
  state,
  /** Null when the words of those who reported are gone: after 90 days, or erased. */
  place: z
    .object({ name: z.string(), latitude: latitude.nullable(), longitude: longitude.nullable() })
    .nullable(),
  text: z.string(),
  photoFileId: z.string().nullable(),
  doneFileId: z.string().nullable(),
  reporters: z.number(),
  team: z.object({ id: z.number(), name: z.string() }).nullable(),
  /** Why the team has not got it, e.g. no_team, window_closed; "" = nothing stands in the way. */
  passFault: z.string(),
  note: z.string(),
  /** open: an editor may say yes or no. */
  notice: z.object({
    state: z.enum(["never", "open", "yes", "no"]),
    noticeId: z.number().nullable(),
    by: z.string().nullable(),
  }),
  createdAt: time,
  passedAt: time.nullable(),
  acceptedAt: time.nullable(),
  endedAt: time.nullable(),
});
export type Report = z.output<typeof report>;
const statement = z.object({
  contactId: z.number(),
  conversationId: z.number(),
  text: z.string(),
  placeName: z.string(),
  latitude: latitude.nullable(),
  longitude: longitude.nullable(),
  photoFileId: z.string().nullable(),
  saidAt: time,
  told,
});

const base = "/api/v1/reports";
export const listReports = contract({
  method: "GET",
  path: base,
  tag,
  access: "staff",
  summary: "Reports, newest first",
  query: pageQuery.extend({
    state: state.optional(),
    kindId: z.coerce.number().int().positive().optional(),
  }),
  reply: page(report),
});
export const getReport = contract({
  method: "GET",
  path: `${base}/:id`,
  tag,
  access: "staff",
  summary: "One report with everybody who told it",
  params: idParam,
  reply: report.extend({ statements: z.array(statement) }),
});
export const setReportState = contract({
  method: "POST",
  path: `${base}/:id/state`,
  tag,
  access: "staff",
  summary: "Accept, finish or reject a report; those who told it are told",
  params: idParam,
  body: z.object({
    state: z.enum(["accepted", "done", "rejected"]),
    /** Said to those who reported, below our own sentence. */
    note: z.string().trim().max(500).default(""),
  }),
  reply: report,
});
export const decideReportNotice = contract({
  method: "POST",
  path: `${base}/:id/notice`,
  tag,
  access: "staff",
  summary: "An editor's yes makes a draft for subscribers, a no closes the question",
  params: idParam,
  body: z.object({
    decision: z.enum(["yes", "no"]),
    /** Null: kind and place, in our words; never the words of the person who reported. */
    texts: both(4_000).nullable().default(null),
  }),
  reply: report,
});
