import {
  checkChannel,
  createApiKey,
  createChannel,
  createCompany,
  createDepartment,
  createStaff,
  createTextBlock,
  deleteApiKey,
  deleteDepartment,
  deleteTextBlock,
  getCompany,
  getDocument,
  inspectChannel,
  listApiKeys,
  listChannels,
  listDepartments,
  listDocuments,
  listParked,
  listStaff,
  listTextBlocks,
  renewPassword,
  settleParked,
  updateChannel,
  updateCompany,
  updateStaff,
} from "#kernel/api";
import { Refusal } from "./refusal.ts";
import { on } from "./route.ts";
import { minutesFromNow } from "./world.ts";

const ok = { ok: true as const };
const nextId = (items: readonly { id: number }[]) => Math.max(0, ...items.map(({ id }) => id)) + 1;
const keys = [
  {
    id: 1,
    name: "Kasse",
    prefix: "ah_7f3a",
    role: "agent" as const,
    createdAt: minutesFromNow(-90_000),
    lastUsedAt: minutesFromNow(-4),
  },
];

function found<T>(value: T | undefined): T {
  if (!value) throw new Refusal(404, "not_found");
  return value;
}

function drop(items: { id: number }[], id: number): void {
  const at = items.findIndex((item) => item.id === id);
  if (at < 0) throw new Refusal(404, "not_found");
  items.splice(at, 1);
}

const documentIn = (language: "de" | "en") => ({
  name: "processing-record",
  title: language === "de" ? "Verzeichnis der Verarbeitungstätigkeiten" : "Record of processing activities",
  gaps: ["[Anschrift]"],
  blocks: [
    { kind: "text" as const, text: "Hansekontor, [Anschrift]" },
    { kind: "heading" as const, level: 2 as const, text: "Empfänger" },
    { kind: "table" as const, head: ["Empfänger", "wofür"], rows: [["Telegram", "Befördert Nachrichten"]] },
    { kind: "list" as const, items: ["Übertragung verschlüsselt."] },
  ],
  markdown: "# Verzeichnis",
  html: "<!doctype html><title>Verzeichnis</title>",
});

export const houseRoutes = [
  on(getCompany, (world) => world.company),
  on(updateCompany, (world, { body }) => {
    world.company = { ...world.company, ...body };
    world.emit({ type: "changed", what: "company", id: null });
    return world.company;
  }),
  on(createCompany, (world, { body }) => ({ ...world.company, ...body, id: 3, slug: "neu" })),
  on(listDocuments, (_, { query }) => ({ items: [documentIn(query.language)] })),
  on(getDocument, (_, { query }) => documentIn(query.language)),
  on(listStaff, (world) => ({ items: world.staff })),
  on(createStaff, (world, { body }) => {
    if (world.staff.some(({ email }) => email === body.email)) throw new Refusal(409, "conflict");
    const member = { ...body, id: `staff-${world.staff.length}`, active: true, lastSeenAt: null };
    world.staff.push(member);
    world.emit({ type: "changed", what: "staff", id: member.id });
    return { member, oneTimePassword: "Ufer-7421-Kran" };
  }),
  on(updateStaff, (world, { params, body }) => {
    const member = found(world.staff.find(({ id }) => id === params.id));
    Object.assign(member, body);
    world.emit({ type: "changed", what: "staff", id: member.id });
    return member;
  }),
  on(renewPassword, (world, { params }) => {
    found(world.staff.find(({ id }) => id === params.id));
    return { oneTimePassword: "Boje-3318-Anker" };
  }),
  on(listDepartments, (world) => ({ items: world.departments })),
  on(createDepartment, (world, { body }) => {
    const made = { ...body, id: nextId(world.departments) };
    world.departments.push(made);
    return made;
  }),
  on(deleteDepartment, (world, { params }) => {
    drop(world.departments, params.id);
    return ok;
  }),
  on(listTextBlocks, (world) => ({ items: world.textBlocks })),
  on(createTextBlock, (world, { body }) => {
    const made = { ...body, id: nextId(world.textBlocks) };
    world.textBlocks.push(made);
    return made;
  }),
  on(deleteTextBlock, (world, { params }) => {
    drop(world.textBlocks, params.id);
    return ok;
  }),
  on(listApiKeys, () => ({ items: keys })),
  on(createApiKey, (_world, { body }) => {
    const key = {
      id: nextId(keys),
      name: body.name,
      prefix: "ah_91c0",
      role: body.role as "agent",
      createdAt: minutesFromNow(0),
      lastUsedAt: null,
    };
    keys.push({ ...key, lastUsedAt: "" });
    keys.pop();
    return { key, secret: "ah_91c0e24d7f3a_Il1O08B" };
  }),
  on(deleteApiKey, () => ok),
  on(listChannels, (world) => ({ items: world.channels })),
  on(createChannel, (world, { body }) => {
    const address =
      body.kind === "web"
        ? body.origins.join(", ")
        : body.kind === "whatsapp"
          ? body.displayPhone
          : body.kind === "email"
            ? body.address
            : body.botName;
    const made = {
      id: nextId(world.channels),
      kind: body.kind,
      name: body.name,
      address,
      active: true,
      health: { light: "off" as const, text: "Noch keine Nachricht.", at: null },
      settings: {},
      webhook: body.kind === "web" || body.kind === "email" ? null : "https://knoten.example/hooks/neu",
      verifyToken: body.kind === "whatsapp" ? "pruef-neu" : null,
      snippet:
        body.kind === "web"
          ? '<script src="https://knoten.example/widget.js" data-key="hk_web_neu" async></script>'
          : null,
    };
    world.channels.push(made);
    return made;
  }),
  on(updateChannel, (world, { params, body }) => {
    const channel = found(world.channels.find(({ id }) => id === params.id));
    const { origins, token, displayPhone, mailbox, ...rest } = body;
    void token;
    void mailbox;
    Object.assign(
      channel,
      rest,
      displayPhone && { address: displayPhone },
      origins && { settings: { ...channel.settings, origins } },
    );
    return channel;
  }),
  on(inspectChannel, () => ({
    steps: [
      { name: "token", level: "ok" as const, text: { de: "Das Token gilt.", en: "The token is valid." } },
      {
        name: "webhook",
        level: "bad" as const,
        text: { de: "Das Feld messages ist nicht abonniert.", en: "The field messages is not subscribed." },
      },
    ],
  })),
  on(checkChannel, (world, { params }) => {
    const { kind } = found(world.channels.find(({ id }) => id === params.id));
    return kind === "telegram"
      ? { ok: false, text: "Telegram antwortet: Unauthorized. Das Token ist ungültig." }
      : { ok: true, text: "Der Anbieter antwortet." };
  }),
  on(listParked, (world) => ({ items: world.parked })),
  on(settleParked, (world, { params }) => {
    world.parked = world.parked.filter(({ id }) => id !== params.id);
    world.emit({ type: "changed", what: "parked", id: params.id });
    return ok;
  }),
];
