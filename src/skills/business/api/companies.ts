import { z } from "zod";
import { contract, done, idParam, language, page, pageQuery, time } from "#kernel/api";
import { quotationState } from "./quotations.ts";
import { base, country, id, named, revision, role, roles, tag, text } from "./shared.ts";

const companyInput = z.object({
  name: named(200),
  /** As you number your customers; "" = none. */
  number: text(40).default(""),
  street: text(200).default(""),
  postalCode: text(20).default(""),
  city: text(100).default(""),
  country: country.default("DE"),
  vatId: text(20).default(""),
  language: language.default("de"),
  note: text(4000).default(""),
});
export type CompanyInput = z.output<typeof companyInput>;

const person = z.object({
  id,
  contactId: id.nullable().describe("null when the person left or was erased"),
  /** "" when the person is not known any more: documents stay, the person's data do not. */
  name: z.string(),
  roles: z.array(role),
  leftAt: time.nullable(),
  identities: z.array(z.object({ kind: z.string(), value: z.string() })),
});
export type Person = z.output<typeof person>;

const machine = z.object({
  id,
  companyId: id,
  serial: z.string(),
  model: z.string(),
  place: z.string(),
  technician: z.object({ id: z.string(), name: z.string() }).nullable(),
  revision,
});
export type Machine = z.output<typeof machine>;

const drawing = z.object({
  id,
  machineId: id.nullable(),
  title: z.string(),
  versions: z
    .array(
      z.object({
        version: z.number(),
        fileId: z.string(),
        name: z.string(),
        mime: z.string(),
        /** bytes */
        size: z.number(),
        note: z.string(),
        addedAt: time,
        addedBy: z.string(),
      }),
    )
    .describe("newest first"),
});
export type Drawing = z.output<typeof drawing>;

const summary = z.object({
  id,
  name: z.string(),
  number: z.string(),
  city: z.string(),
  persons: z.number(),
  machines: z.number(),
  openQuotations: z.number(),
});
export type CompanySummary = z.output<typeof summary>;

const shortQuotation = z.object({
  id,
  number: z.string().nullable(),
  version: z.number(),
  state: quotationState,
  grossCents: z.number(),
  currency: z.string(),
  validUntil: z.iso.date(),
});
export type ShortQuotation = z.output<typeof shortQuotation>;

const company = companyInput.extend({
  id,
  revision,
  persons: z.array(person),
  machines: z.array(machine),
  drawings: z.array(drawing),
  quotations: z.array(shortQuotation).describe("newest first, at most 50"),
  conversations: z.array(
    z.object({
      id,
      contactName: z.string(),
      channelKind: z.string(),
      state: z.string(),
      lastMessageAt: time,
    }),
  ),
});
export type Company = z.output<typeof company>;

export const listCompanies = contract({
  method: "GET",
  path: `${base}/companies`,
  tag,
  access: "staff",
  summary: "Companies by name",
  query: pageQuery.extend({ q: z.string().max(100).optional() }),
  reply: page(summary),
});
export const createBusinessCompany = contract({
  method: "POST",
  path: `${base}/companies`,
  tag,
  access: "staff",
  status: 201,
  summary: "Add a company that is a customer",
  body: companyInput,
  reply: company,
});
export const getBusinessCompany = contract({
  method: "GET",
  path: `${base}/companies/:id`,
  tag,
  access: "staff",
  summary: "One company with people, machines, files, quotations and conversations",
  params: idParam,
  reply: company,
});
export const replaceCompany = contract({
  method: "PUT",
  path: `${base}/companies/:id`,
  tag,
  access: "staff",
  summary: "Save a company's own data; the revision is the one that was loaded",
  params: idParam,
  body: companyInput.extend({ revision }),
  reply: company,
});
export const deleteCompany = contract({
  method: "DELETE",
  path: `${base}/companies/:id`,
  tag,
  access: "manager",
  summary: "Remove a company without quotations; its people become private customers again",
  params: idParam,
  reply: done,
});

export const addPerson = contract({
  method: "POST",
  path: `${base}/companies/:id/persons`,
  tag,
  access: "staff",
  status: 201,
  summary:
    "Somebody speaks for the company: a contact, or a new person with a mail address or a mobile number",
  params: idParam,
  body: z.union([
    z.object({ contactId: id, roles }),
    z.object({
      name: named(200),
      email: z.email().max(200).optional(),
      /** WhatsApp, international: +49176… */
      phone: z
        .string()
        .regex(/^\+[1-9]\d{6,14}$/)
        .optional(),
      roles,
    }),
  ]),
  reply: company,
});
export const setRoles = contract({
  method: "PUT",
  path: `${base}/persons/:id`,
  tag,
  access: "staff",
  summary: "What this person does in the company",
  params: idParam,
  body: z.object({ roles }),
  reply: company,
});
export const removePerson = contract({
  method: "DELETE",
  path: `${base}/persons/:id`,
  tag,
  access: "staff",
  summary: "The person speaks for the company no more; their conversations become private again",
  params: idParam,
  reply: company,
});

const machineInput = z.object({
  serial: named(60),
  model: named(120),
  place: text(200).default(""),
  /** A colleague's id. */
  technicianId: z.string().max(100).nullable().default(null),
});
export type MachineInput = z.output<typeof machineInput>;
export const addMachine = contract({
  method: "POST",
  path: `${base}/companies/:id/machines`,
  tag,
  access: "staff",
  status: 201,
  summary: "Add a machine; a serial number belongs to one company",
  params: idParam,
  body: machineInput,
  reply: company,
});
export const replaceMachine = contract({
  method: "PUT",
  path: `${base}/machines/:id`,
  tag,
  access: "staff",
  summary: "Save a machine",
  params: idParam,
  body: machineInput.extend({ revision }),
  reply: company,
});
export const deleteMachine = contract({
  method: "DELETE",
  path: `${base}/machines/:id`,
  tag,
  access: "staff",
  summary: "Remove a machine with its files",
  params: idParam,
  reply: company,
});

const fileInput = z.object({ fileId: z.string().max(80), note: text(500).default("") });
export const addDrawing = contract({
  method: "POST",
  path: `${base}/companies/:id/files`,
  tag,
  access: "staff",
  status: 201,
  summary: "Put an uploaded file to the company or to one of its machines",
  params: idParam,
  body: fileInput.extend({ title: named(200), machineId: id.nullable().default(null) }),
  reply: company,
});
export const addDrawingVersion = contract({
  method: "POST",
  path: `${base}/files/:id/versions`,
  tag,
  access: "staff",
  status: 201,
  summary: "A further version of a file; the earlier ones stay",
  params: idParam,
  body: fileInput,
  reply: company,
});
export const deleteDrawing = contract({
  method: "DELETE",
  path: `${base}/files/:id`,
  tag,
  access: "staff",
  summary: "Remove a file with all its versions",
  params: idParam,
  reply: company,
});

export const getParty = contract({
  method: "GET",
  path: `${base}/conversations/:id`,
  tag,
  access: "staff",
  summary: "In whose name a conversation is held, and what there is of that company",
  params: idParam,
  reply: z.object({
    /** The contact of this very conversation; a merged person may have others. */
    contactId: id,
    /** null: the person writes privately. */
    company: z.object({ id, name: z.string() }).nullable(),
    person: person.nullable(),
    machines: z.array(machine),
    quotations: z.array(shortQuotation),
  }),
});
