import { type Actor, AppError, type Language, personOf, type TenantProfile, translate } from "#kernel";
import type { AskInput, ColleagueSettings } from "../api.ts";
import { addressFault, plainAddress } from "../rules/addresses.ts";
import { catalogue } from "../rules/catalogue.ts";
import { chosen, excerptOf } from "../rules/excerpt.ts";
import { questionLetter, subjectOf } from "../rules/letter.ts";
import { type FileFact, fileNameOf, filesIn, identitiesOf, type Place, saidIn } from "./place.ts";
import { listColleagues, mailboxesOf, readSettings } from "./settings.ts";
import type { OwnTx } from "./tx.ts";

/** What would leave the house: to whom, with which part of the conversation, from which mailbox. */
export interface Draft {
  settings: ColleagueSettings;
  to: { name: string; email: string; language: Language };
  mailboxId: number;
  subject: string;
  excerpt: string;
  letter: string;
  files: FileFact[];
}

/** All files of one question. */
const FILES_BYTES = 15 * 1024 * 1024;
const DAY_MS = 86_400_000;

interface DraftParts {
  profile: TenantProfile;
  actor: Actor;
  place: Place;
  input: AskInput;
  now: number;
}

/** @throws AppError bad_request: `to` no_address, not_allowed, own_mailbox, is_customer; `direct`; `mailbox`; `fileIds` */
export async function draftOf(tx: OwnTx, parts: DraftParts): Promise<Draft> {
  const { profile, actor, place, input, now } = parts;
  const tenantId = profile.id;
  const settings = await readSettings(tx, tenantId);
  const listed = await listColleagues(tx, tenantId);
  const mailboxes = await mailboxesOf(tx, tenantId);
  // Whoever turned out to be the same person is the customer, too.
  const known = await identitiesOf(tx, tenantId, await personOf(tx, tenantId, place.contactId));
  const email = plainAddress(input.to);
  const fault = addressFault(email, {
    listed: listed.map((one) => one.email),
    domains: settings.domains,
    mailboxes: mailboxes.map(({ address }) => address),
    customer: known.filter(({ kind }) => kind === "email").map(({ value }) => value),
  });
  if (fault) throw refused("to", fault);
  if (input.direct && !settings.allowsDirect) throw refused("direct", "not_allowed");
  const active = mailboxes.filter((one) => one.active);
  const mailbox = active.find(({ id }) => id === place.channelId) ?? active[0];
  if (!mailbox) throw refused("mailbox", "none");
  const files = await filesIn(tx, { tenantId, conversationId: place.id }, input.fileIds);
  if (files.reduce((sum, { size }) => sum + size, 0) > FILES_BYTES) throw refused("fileIds", "too_large");
  const colleague = listed.find((one) => one.email === email);
  const language = colleague?.language ?? profile.language;
  const to = { name: colleague?.name ?? nameIn(email), email, language };
  const speech = { language, form: profile.teamFormOfAddress };
  const own = known.filter(({ contact_id }) => contact_id === place.contactId);
  const excerpt = await excerptFor(tx, parts, { language, known: own });
  const letter = questionLetter({
    ...speech,
    company: profile.name,
    asker: actor.name,
    to: to.name,
    question: input.text,
    excerpt,
    isDirect: input.direct,
    until: dayIn(profile, language, now + settings.answerDays * DAY_MS),
  });
  const subject = subjectOf(input.text, speech);
  return { settings, to, mailboxId: mailbox.id, subject, excerpt, letter, files };
}

async function excerptFor(
  tx: OwnTx,
  { profile, place, input }: DraftParts,
  of: { language: Language; known: readonly { kind: string; value: string }[] },
): Promise<string> {
  const say = (key: string, values: Record<string, string | number> = {}) =>
    translate(catalogue, { language: of.language, form: profile.teamFormOfAddress }, key, values);
  const said = chosen(
    await saidIn(tx, profile.id, place.id, (content) => {
      const name = fileNameOf(content);
      return name === "" ? "" : say("file", { name });
    }),
    input.scope,
  );
  const details = of.known.filter(({ kind }) => ["email", "phone", "wa_id"].includes(kind));
  const lines = excerptOf(said, {
    customer: place.contactName || say("customer"),
    nobody: say("customer"),
    company: profile.name,
    bot: say("bot"),
    mark: input.withContact ? null : say("mark"),
    left: (count) => say("left", { count }),
    time: (at) => timeIn(profile, of.language, at),
  });
  if (!input.withContact || details.length === 0) return lines;
  return `${say("contact", { details: details.map(({ value }) => value).join(", ") })}\n\n${lines}`;
}

/** "emine.oezdemir@kontor.example" -> "emine.oezdemir": nobody is given a name they may not have. */
function nameIn(email: string): string {
  return email.slice(0, email.indexOf("@"));
}

const localeOf = (language: Language): string => (language === "de" ? "de-DE" : "en-GB");

/** "8. Dezember" where the company is. */
export function dayIn({ timeZone }: TenantProfile, language: Language, at: number): string {
  return new Intl.DateTimeFormat(localeOf(language), { timeZone, day: "numeric", month: "long" }).format(at);
}

function timeIn({ timeZone }: TenantProfile, language: Language, at: number): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    timeZone,
    day: "numeric",
    month: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(at);
}

const refused = (path: string, message: string): AppError =>
  new AppError("bad_request", undefined, [{ path, message }]);
