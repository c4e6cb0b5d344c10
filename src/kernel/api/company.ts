import { z } from "zod";
import { contract } from "../http/contract.ts";
import { mailboxChange, mailboxInput } from "./mailbox.ts";
import { channelKind, done, idParam, language, role, time } from "./shared.ts";

const clock = z
  .string()
  .regex(/^([01]\d|2[0-4]):[0-5]\d$/)
  .describe("HH:MM");
export const openingHours = z
  .array(z.object({ weekday: z.number().int().min(1).max(7), from: clock, to: clock }))
  .max(28);
const colour = z.string().regex(/^#[0-9a-f]{6}$/i);
const bilingual = z.object({ de: z.string().max(200), en: z.string().max(200) });

export const company = z.object({
  id: z.number(),
  name: z.string().trim().min(1).max(120),
  slug: z.string(),
  timeZone: z.string().max(60),
  language,
  openingHours,
  /** e.g. DE-HH; "" for none. */
  holidayRegion: z.string().max(10),
  closedDays: z.array(z.iso.date()).max(100),
  formOfAddress: z.enum(["sie", "du"]),
  teamFormOfAddress: z.enum(["sie", "du"]),
  greeting: bilingual,
  accent: colour,
  /** SVG text of the logo, sanitised on save; null = initials. */
  logo: z.string().max(50_000).nullable(),
  /** Customers get an answer from a person within this many minutes of opening time. */
  answerMinutes: z.number().int().min(1).max(10_080),
  legal: z.object({ imprint: z.string().max(500), privacy: z.string().max(500) }),
  /** How customers see on their own page which colleague looked: by first name and role, or by role alone. */
  staffShownAs: z.enum(["first_name", "role"]),
});
export type Company = z.output<typeof company>;

const tag = "Company";
export const getCompany = contract({
  method: "GET",
  path: "/api/v1/company",
  tag,
  access: "staff",
  summary: "The company's settings",
  reply: company,
});
export const updateCompany = contract({
  method: "PATCH",
  path: "/api/v1/company",
  tag,
  access: "manager",
  summary: "Change settings",
  body: company.omit({ id: true, slug: true }).partial(),
  reply: company,
});
export const createCompany = contract({
  method: "POST",
  path: "/api/v1/companies",
  tag,
  access: "owner",
  status: 201,
  summary: "Create a further company; you become its owner",
  body: z.object({ name: z.string().trim().min(1).max(120), timeZone: z.string().max(60), language }),
  reply: company,
});

export const me = contract({
  method: "GET",
  path: "/api/v1/me",
  tag: "Session",
  access: "staff",
  summary: "Who is signed in, and where",
  reply: z.object({
    user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
    role,
    company: z.object({ id: z.number(), name: z.string(), slug: z.string() }),
    companies: z.array(z.object({ id: z.number(), name: z.string(), role })),
  }),
});
export const setupState = contract({
  method: "GET",
  path: "/api/v1/setup",
  tag: "Session",
  access: "public",
  summary: "Is this node still without an owner?",
  reply: z.object({
    needed: z.boolean(),
    demo: z.object({ email: z.string() }).nullable(),
    codeNeeded: z.boolean().optional().describe("the first owner brings the code that setup printed"),
  }),
});
export const setup = contract({
  method: "POST",
  path: "/api/v1/setup",
  tag: "Session",
  access: "public",
  status: 201,
  summary: "First owner and first company; works once",
  body: z.object({
    name: z.string().trim().min(1).max(120),
    email: z.email().max(200),
    password: z.string().min(10).max(200),
    company: z.string().trim().min(1).max(120),
    timeZone: z.string().max(60),
    language,
    code: z.string().max(100).optional().describe("from the link that setup printed"),
  }),
  reply: done,
});

const staffMember = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role,
  departmentId: z.number().nullable(),
  active: z.boolean(),
  lastSeenAt: time.nullable(),
});
export type StaffMember = z.output<typeof staffMember>;
export const listStaff = contract({
  method: "GET",
  path: "/api/v1/staff",
  tag,
  access: "staff",
  summary: "Colleagues",
  reply: z.object({ items: z.array(staffMember) }),
});
export const createStaff = contract({
  method: "POST",
  path: "/api/v1/staff",
  tag,
  access: "manager",
  status: 201,
  summary: "Add a colleague; the one-time password is shown once",
  body: z.object({
    name: z.string().trim().min(1).max(120),
    email: z.email().max(200),
    role,
    departmentId: z.number().nullable().default(null),
  }),
  reply: z.object({ member: staffMember, oneTimePassword: z.string().nullable() }),
});
export const updateStaff = contract({
  method: "PATCH",
  path: "/api/v1/staff/:id",
  tag,
  access: "manager",
  summary: "Change role, department or access",
  params: z.object({ id: z.string().max(60) }),
  body: z
    .object({
      name: z.string().trim().min(1).max(120),
      role,
      departmentId: z.number().nullable(),
      active: z.boolean(),
    })
    .partial(),
  reply: staffMember,
});

export const renewPassword = contract({
  method: "POST",
  path: "/api/v1/staff/:id/password",
  tag,
  access: "manager",
  summary: "A new one-time password for who forgot theirs, shown once; ends their sessions",
  params: z.object({ id: z.string().max(60) }),
  reply: z.object({ oneTimePassword: z.string() }),
});

const department = z.object({ id: z.number(), name: z.string().trim().min(1).max(80) });
export const listDepartments = contract({
  method: "GET",
  path: "/api/v1/departments",
  tag,
  access: "staff",
  summary: "Departments",
  reply: z.object({ items: z.array(department) }),
});
export const createDepartment = contract({
  method: "POST",
  path: "/api/v1/departments",
  tag,
  access: "manager",
  status: 201,
  summary: "Add a department",
  body: department.omit({ id: true }),
  reply: department,
});
export const deleteDepartment = contract({
  method: "DELETE",
  path: "/api/v1/departments/:id",
  tag,
  access: "manager",
  summary: "Remove a department",
  params: idParam,
  reply: done,
});

const textBlock = z.object({
  id: z.number(),
  title: z.string().trim().min(1).max(80),
  language,
  text: z.string().trim().min(1).max(4000),
});
export type TextBlock = z.output<typeof textBlock>;
export const listTextBlocks = contract({
  method: "GET",
  path: "/api/v1/text-blocks",
  tag,
  access: "staff",
  summary: "Text blocks for answers",
  reply: z.object({ items: z.array(textBlock) }),
});
export const createTextBlock = contract({
  method: "POST",
  path: "/api/v1/text-blocks",
  tag,
  access: "staff",
  status: 201,
  summary: "Add a text block",
  body: textBlock.omit({ id: true }),
  reply: textBlock,
});
export const deleteTextBlock = contract({
  method: "DELETE",
  path: "/api/v1/text-blocks/:id",
  tag,
  access: "staff",
  summary: "Remove a text block",
  params: idParam,
  reply: done,
});

const apiKey = z.object({
  id: z.number(),
  name: z.string(),
  prefix: z.string(),
  role,
  createdAt: time,
  lastUsedAt: time.nullable(),
});
export const listApiKeys = contract({
  method: "GET",
  path: "/api/v1/api-keys",
  tag,
  access: "manager",
  summary: "API keys (without their secrets)",
  reply: z.object({ items: z.array(apiKey) }),
});
export const createApiKey = contract({
  method: "POST",
  path: "/api/v1/api-keys",
  tag,
  access: "manager",
  status: 201,
  summary: "Make an API key; its secret is shown once",
  body: z.object({ name: z.string().trim().min(1).max(80), role: role.default("agent") }),
  reply: z.object({ key: apiKey, secret: z.string() }),
});
export const deleteApiKey = contract({
  method: "DELETE",
  path: "/api/v1/api-keys/:id",
  tag,
  access: "manager",
  summary: "Revoke an API key; it stops at once",
  params: idParam,
  reply: done,
});

const channel = z.object({
  id: z.number(),
  kind: channelKind.exclude(["phone"]),
  name: z.string(),
  address: z.string(),
  active: z.boolean(),
  /** Derived from real errors and traffic, not from a setting. */
  health: z.object({ light: z.enum(["ok", "warn", "bad", "off"]), text: z.string(), at: time.nullable() }),
  settings: z.record(z.string(), z.unknown()),
  webhook: z.string().nullable().describe("what to enter at the provider"),
  verifyToken: z.string().nullable(),
  snippet: z.string().nullable().describe("the script tag for a web page"),
});
export type Channel = z.output<typeof channel>;
export const channelInput = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("web"),
    name: z.string().trim().min(1).max(80),
    origins: z.array(z.url().max(200)).max(50),
  }),
  z.object({
    kind: z.literal("whatsapp"),
    name: z.string().trim().min(1).max(80),
    phoneNumberId: z.string().regex(/^\d{5,30}$/),
    displayPhone: z.string().max(30),
    token: z.string().min(1).max(1000),
    appSecret: z.string().min(1).max(200),
  }),
  z.object({
    kind: z.literal("telegram"),
    name: z.string().trim().min(1).max(80),
    token: z.string().regex(/^\d+:[\w-]{10,}$/),
    botName: z.string().max(64),
  }),
  mailboxInput,
]);
export const listChannels = contract({
  method: "GET",
  path: "/api/v1/channels",
  tag: "Channels",
  access: "staff",
  summary: "Connected channels with their health",
  reply: z.object({ items: z.array(channel) }),
});
export const createChannel = contract({
  method: "POST",
  path: "/api/v1/channels",
  tag: "Channels",
  access: "manager",
  status: 201,
  summary: "Connect a channel",
  body: channelInput,
  reply: channel,
});
export const updateChannel = contract({
  method: "PATCH",
  path: "/api/v1/channels/:id",
  tag: "Channels",
  access: "manager",
  summary: "Rename, switch on or off, change origins or token",
  params: idParam,
  body: z
    .object({
      name: z.string().trim().min(1).max(80),
      active: z.boolean(),
      origins: z.array(z.url().max(200)).max(50),
      token: z.string().max(1000),
      displayPhone: z.string().max(30),
      mailbox: mailboxChange,
    })
    .partial(),
  reply: channel,
});
export const checkChannel = contract({
  method: "POST",
  path: "/api/v1/channels/:id/check",
  tag: "Channels",
  access: "manager",
  summary: "Ask the provider whether it works",
  params: idParam,
  reply: z.object({ ok: z.boolean(), text: z.string() }),
});

const connectionStep = z.object({
  name: z.string(),
  level: z.enum(["ok", "warn", "bad"]),
  text: z.object({ de: z.string(), en: z.string() }),
});
export const inspectChannel = contract({
  method: "POST",
  path: "/api/v1/channels/:id/inspect",
  tag: "Channels",
  access: "manager",
  summary: "Look at everything the connection needs, step by step, and say what to do",
  params: idParam,
  reply: z.object({ steps: z.array(connectionStep) }),
});

const parked = z.object({
  id: z.string(),
  channelName: z.string(),
  reason: z.string(),
  excerpt: z.string(),
  receivedAt: time,
});
export const listParked = contract({
  method: "GET",
  path: "/api/v1/parked",
  tag: "Channels",
  access: "staff",
  summary: "What came in and could not be understood",
  reply: z.object({ items: z.array(parked) }),
});
export const settleParked = contract({
  method: "POST",
  path: "/api/v1/parked/:id/settle",
  tag: "Channels",
  access: "staff",
  summary: "Try again, or put it away",
  params: z.object({ id: z.string().max(40) }),
  body: z.object({ decision: z.enum(["retry", "dismiss"]) }),
  reply: done,
});
