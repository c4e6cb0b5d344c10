import { setTimeout as pause } from "node:timers/promises";
import {
  answerForm,
  type Config,
  type House,
  type Kernel,
  openFiles,
  replyIn,
  type SkillManifest,
  sendSideMail,
  showFigure,
  systemClock,
} from "#kernel";
import { readArchived, textOfHtml } from "./channels/email/archive.ts";
import { type StaffMail, sendStaffMail } from "./channels/email/staff-letter.ts";
import { nodeSecret } from "./kernel/node-secret.ts";
import { dueAt, isOpen, nextOpening, openMs } from "./kernel/tenants/opening-hours.ts";
import { openAdvocate, vetoes } from "./skills/advocate/skill.ts";
import { openBusiness } from "./skills/business/skill.ts";
import { ledgersOf } from "./skills/coin/host/ledgers.ts";
import { resultSentence } from "./skills/coin/host/sentence.ts";
import { isSigned } from "./skills/coin/host/signed.ts";
import { openCoin } from "./skills/coin/skill.ts";
import { openColleagues } from "./skills/colleagues/skill.ts";
import { openGeocodingService } from "./skills/delivery/adapters/open-geocoding-service.ts";
import { chain } from "./skills/delivery/places/chain.ts";
import type { Geocoder } from "./skills/delivery/places/geocoder.ts";
import { openOutsideGeocoder } from "./skills/delivery/places/outside-geocoder.ts";
import { openDelivery } from "./skills/delivery/skill.ts";
import { endsOfDeliveries, promisedUntil } from "./skills/delivery/store/ends.ts";
import { openListGeocoder } from "./skills/delivery/store/list-geocoder.ts";
import { openLookup } from "./skills/lookup/skill.ts";
import { readRegisterFile } from "./skills/lookup/store/watched-folder.ts";
import { openAsker } from "./skills/notices/adapters/sources/ask-service.ts";
import { openFetcher } from "./skills/notices/adapters/sources/fetch-source.ts";
import { openNotices } from "./skills/notices/skill.ts";
import { publishIn } from "./skills/notices/store/lifecycle.ts";
import { templatesFor } from "./skills/notices/store/templates.ts";
import { readTopic } from "./skills/notices/store/topics.ts";
import { inTenant, type NoticesTx } from "./skills/notices/store/tx.ts";
import { painFile } from "./skills/pay/rules/pain.ts";
import { openPay } from "./skills/pay/skill.ts";
import { newestBalance, requestFor } from "./skills/pay/store/for-skills.ts";
import { openReports } from "./skills/reports/skill.ts";
import { openEmbeddingApi } from "./skills/service/adapters/embedding/embedding-api.ts";
import type { EmbeddingService } from "./skills/service/ports.ts";
import { findDateTime, findPhone } from "./skills/service/rules/index.ts";
import { openService } from "./skills/service/skill.ts";
import { signatureOf } from "./skills/service/store/flow-signature.ts";
import { countSpoken, isTopic } from "./skills/service/store/spoken-topics.ts";
import * as firstLevelWeek from "./skills/service/store/week.ts";
import { openTelephone } from "./skills/telephone/skill.ts";
import { openWallet } from "./skills/wallet/skill.ts";
import { openWeek } from "./skills/week/skill.ts";

const DEFAULT_MODEL_CACHE_MEGABYTES = 400;

/** The node's setting where the house is a whole kernel; a command's house has none. */
function modelCacheBytes(house: House & { config?: { modelCacheMegabytes: number } }): number {
  return (house.config?.modelCacheMegabytes ?? DEFAULT_MODEL_CACHE_MEGABYTES) * 2 ** 20;
}

/** Hosts that may be asked although their address is private: the operator has named them. */
const allowedHosts = (house: House & { config?: { sourceHosts: string } }): string[] =>
  house.config?.sourceHosts.split(",") ?? [];
const allowedServices = (house: House & { config?: { serviceHosts: string } }): string[] =>
  house.config?.serviceHosts.split(",") ?? [];

/** Off unless the operator names a service and the companies that use it. */
export function embeddingOf(config?: Config): EmbeddingService | null {
  const { embeddingUrl: url = "", embeddingModel: model = "", embeddingKey: key = "" } = config ?? {};
  const companies = (config?.embeddingCompanies ?? "").split(",").map((one) => one.trim());
  return openEmbeddingApi({ url, model, key, companies });
}

const embedding = (house: House & { config?: Config }) => ({
  service: embeddingOf(house.config),
  timeout_ms: house.config?.embeddingTimeoutMs ?? 0,
});

/** A public page through the guarded door of notice sources: no private address, bounded in time and size. */
async function fetchPage(house: House, url: string): Promise<{ bytes: Buffer } | { failed: string }> {
  const fetcher = openFetcher({ allowedHosts: allowedHosts(house) });
  try {
    const got = await fetcher.fetch({ url, etag: null, lastModified: null, now: house.clock.now() });
    if (got.got === "body") return { bytes: got.body };
    return { failed: got.got === "failed" ? got.fault : got.got };
  } finally {
    await fetcher.close();
  }
}

const service = openService({
  hours: { dueAt, isOpen, nextOpening },
  outside: (house) => ({
    services: openAsker({ allowedHosts: allowedServices(house) }),
    secrets: (name) => nodeSecret(house, name),
    letters: { read: readArchived, textOfHtml },
    pages: { fetch: (url) => fetchPage(house, url) },
  }),
  modelCacheBytes,
  embedding,
});

const lookup = openLookup({
  outside: (house: House & { config?: { dataDir: string; serviceHosts: string } }) => {
    const { ask, isAllowed } = openAsker({ allowedHosts: allowedServices(house) });
    return {
      ask,
      mayBePlain: isAllowed,
      secret: (name) => nodeSecret(house, name),
      sign: signatureOf,
      readFile: (file) => readRegisterFile(house.config?.dataDir ?? "", file),
    };
  },
});

const advocate = openAdvocate({
  templates: {
    ofCompany: (house, tenantId) => inTenant(house, tenantId, (tx) => templatesFor(tx, tenantId, "warning")),
  },
});

const notices = openNotices({
  vetoes,
  optIn: {
    ask: (house, { tenantId, email, language, subject, text }) =>
      answerForm(house, {
        tenantId,
        email,
        language,
        asked: subject,
        answer: `${subject}\n\n${text}`,
        purpose: "notices.answer",
      }),
  },
  publicUrl: (house: House & { config?: { publicUrl: string } }) => house.config?.publicUrl ?? "",
  allowedHosts,
});

const reports = openReports({
  drafts: {
    draftNotice: (house, { tenantId, topicId, title, texts, createdBy: by, reference, now }) =>
      inTenant(house, tenantId, async (tx) => {
        await readTopic(tx, tenantId, topicId);
        const none = { values: {}, channelTexts: [], link: null, about: [], expiresAt: null };
        const input = { ...none, topicId, title, texts, templates: { de: null, en: null } };
        const draft = { tenantId, input, by, reference, story: null, phase: "alert" as const };
        return (await publishIn(tx, { ...draft, startAt: null, isDraft: true }, now)).id;
      }),
  },
});

const business = openBusiness({
  now: () => systemClock.now(),
  desk: {
    files: (house) => openFiles(house as Kernel),
    reply: async (house, tx, actor, { conversationId, input }) => {
      const profile = await house.profile(actor.tenantId);
      const place = { tx, kernel: house as Kernel, profile, actor };
      return (await replyIn(place, conversationId, input)).id;
    },
  },
});

const colleagues = openColleagues({
  desk: {
    send: (house, mail) => sendSideMail(house as Kernel, openFiles(house as Kernel), mail),
    reply: async (house, tx, actor, { conversationId, input }) => {
      const profile = await house.profile(actor.tenantId);
      const place = { tx, kernel: house as Kernel, profile, actor };
      return (await replyIn(place, conversationId, input)).id;
    },
    dueAt,
  },
});

/** The mailbox that the company's own mail to its staff leaves from: the first that is connected. */
function mailboxFor(house: House & Partial<Pick<Kernel, "registry">>, tenantId: number) {
  const accounts = [...(house.registry?.accounts() ?? [])];
  return accounts
    .filter((one) => one.tenantId === tenantId && one.kind === "email" && one.active)
    .sort((a, b) => a.id - b.id)[0];
}

async function mailToStaff(house: House, { tenantId, ...mail }: StaffMail & { tenantId: number }) {
  const account = mailboxFor(house, tenantId);
  return account ? sendStaffMail(mail, account) : ("no_mailbox" as const);
}

/** Where staff open the desk; a node without a public address is reached where it listens. */
function deskUrl({ config }: House & { config?: Config }): string {
  return `${config?.publicUrl || `http://${config?.host}:${config?.port}`}/desk`;
}

const week = openWeek({
  firstLevel: {
    turns: firstLevelWeek.countTurns,
    cases: firstLevelWeek.countCasesOf,
    places: firstLevelWeek.listTurns,
    firstAt: firstLevelWeek.firstTurnAt,
    titles: firstLevelWeek.topicTitles,
    unanswered: firstLevelWeek.countUnanswered,
  },
  hours: { openMs },
  post: {
    isReady: (house, tenantId) => mailboxFor(house, tenantId) !== undefined,
    send: mailToStaff,
  },
  deskUrl,
});

const telephone = openTelephone({
  understanding: {
    phone: (text) => findPhone(text),
    time: (text, now, timeZone) => {
      const found = findDateTime(text, { now: new Date(now), timeZone });
      return (
        found && { at: found.at.getTime(), until: found.until?.getTime() ?? null, hasTime: found.hasTime }
      );
    },
    nextOpening,
  },
  topics: { count: countSpoken, has: isTopic },
  secret: nodeSecret,
  publicUrl: (house: House & { config?: { publicUrl: string } }) => house.config?.publicUrl ?? "",
});

/** Only addresses that the company's own list does not know are asked for outside, and only where the operator names a service. */
function outsideGeocoder(house: House & { config?: Config }): Geocoder | null {
  const { geocoder: kind = "", geocoderUrl: url = "", publicUrl = "" } = house.config ?? {};
  if (kind === "" || url === "") return null;
  const { ask, isAllowed } = openAsker({ allowedHosts: [new URL(url).host] });
  return openOutsideGeocoder({
    service: openGeocodingService(kind, { url, agent: `Augenhoehe/1 (deliveries; ${publicUrl})` }),
    outside: { ask, mayBePlain: isAllowed },
    now: () => house.clock.now(),
    wait: (ms) => pause(ms),
  });
}

const delivery = openDelivery({
  readTime: (text, now, timeZone) => {
    const found = findDateTime(text, { now: new Date(now), timeZone });
    if (!found) return undefined;
    const { at, until, hasDay, hasTime } = found;
    return { at: at.getTime(), until: until?.getTime() ?? null, hasDay, hasTime };
  },
  geocoder: (house) => chain(openListGeocoder(house), outsideGeocoder(house)),
  templates: (tx, tenantId) => templatesFor(tx as NoticesTx, tenantId, "warning"),
  post: (house) => openAsker({ allowedHosts: allowedServices(house) }).ask,
  owners: { send: mailToStaff, deskUrl },
});

/** Where customers reach this node; one without a public address is reached where it listens. */
function publicUrl({ config }: House & { config?: Config }): string {
  return (config?.publicUrl || `http://${config?.host}:${config?.port}`).replace(/\/$/, "");
}

const pay = openPay({
  files: (house) => openFiles(house as Kernel),
  reply: async (house, tx, actor, { conversationId, input }) => {
    const profile = await house.profile(actor.tenantId);
    const place = { tx, kernel: house as Kernel, profile, actor };
    return (await replyIn(place, conversationId, input)).id;
  },
  publicUrl,
  ask: (house) => openAsker({ allowedHosts: allowedServices(house) }).ask,
});

const wallet = openWallet({
  ledgers: ledgersOf,
  sentence: resultSentence,
  isSignature: isSigned,
  deliveries: { promisedUntil, ends: endsOfDeliveries },
  askForEuro: requestFor,
  newestBalance,
  transferFile: painFile,
  companyBySlug: (house: House & Partial<Pick<Kernel, "registry">>, slug) => {
    const { registry } = house;
    return registry?.tenantIds().find((id) => registry.tenant(id)?.slug === slug) ?? null;
  },
  isLicensed: (house: House & { config?: Config }, slug) =>
    (house.config?.coinIssuers ?? "").split(",").some((one) => one.trim() === slug),
  secret: nodeSecret,
  reply: async (house, tx, actor, { conversationId, input }) => {
    const profile = await house.profile(actor.tenantId);
    const place = { tx, kernel: house as Kernel, profile, actor };
    return (await replyIn(place, conversationId, input)).id;
  },
  publicUrl,
});

/** The hand-written list of skills; the order is the order in which they are asked to take a turn. */
export const skills: readonly SkillManifest[] = [
  business,
  advocate,
  notices,
  reports,
  telephone,
  delivery,
  pay,
  // Before the wallet, which asks its ledgers until it has ended.
  openCoin(),
  wallet,
  lookup,
  colleagues,
  service.skill,
  week,
];

/** What the kernel's rooms ask of skills, bound to one house. */
export function ports(house: House) {
  return {
    mostAsked: (tenantId: number) => service.mostAsked(house, tenantId),
    modelFigures: () => service.figures(house),
  };
}

/** How well the models in memory serve; see MODEL_CACHE_MEGABYTES. */
export function showModelFigures(house: House): void {
  const models = () => service.figures(house).models;
  showFigure({
    name: "ah_models",
    kind: "moves",
    help: "Classifier models in memory",
    read: () => models().entries,
  });
  showFigure({
    name: "ah_model_cache_bytes",
    kind: "moves",
    help: "Memory of these models",
    read: () => models().bytes,
  });
  showFigure({
    name: "ah_model_hits_total",
    kind: "rises",
    help: "Models wanted that were in memory",
    read: () => models().hits,
  });
  showFigure({
    name: "ah_model_misses_total",
    kind: "rises",
    help: "Models wanted that had to be loaded",
    read: () => models().misses,
  });
}
