import { type House, scheduleTimer, staffAddresses, type Timer, translate, wasRestoredSince } from "#kernel";
import type { StaffPost } from "./ports.ts";
import { catalogue } from "./rules/catalogue.ts";
import { type LetterPlace, letterOf } from "./rules/letter.ts";
import { addDays, lastWeek, mailDueAt, nextMailAt, type Week } from "./rules/weeks.ts";
import { forgetMails, giveBackMail, markSent, type Reader, readReaders, takeMail } from "./store/mail.ts";
import type { CountPorts } from "./store/summary.ts";
import { inTenant } from "./store/tx.ts";
import { viewOf, weeksOf } from "./store/view.ts";

/** The timer of a company's Monday mail; one a company. */
export const MAIL = "week_mail";

export interface MailParts extends CountPorts {
  post: StaffPost;
  /** Where the desk stands, "https://chat.example.org/desk". */
  deskUrl(house: House): string;
}

/** A server that was busy is asked again, until a day has passed: then the week is no news any more. */
const AGAIN_MS = 15 * 60_000;
const GIVE_UP_MS = 24 * 3_600_000;
const KEPT_WEEKS = 26;

export function weekTimers(house: House, parts: MailParts) {
  return { [MAIL]: (timer: Timer) => mailWeek(house, parts, timer.tenantId) };
}

/**
 * Mails the last week to the owners who asked for it, and sets itself for what comes next; repeatable. Each mail is
 * marked before it is handed over, so that a process that is killed sends none twice. The timer's own tries are few and
 * then it is gone: so a fault is a later time here, and the chain never ends by one.
 */
export async function mailWeek(house: House, parts: MailParts, tenantId: number): Promise<void> {
  const readers = await inTenant(house, tenantId, (tx) => readReaders(tx, tenantId));
  // Whoever turns it on again sets the timer again.
  if (readers.length === 0) return;
  const { timeZone } = await house.profile(tenantId);
  const now = house.clock.now();
  const week = lastWeek(timeZone, now);
  const dueAt = mailDueAt(timeZone, week);
  let isDone = true;
  const isDue = now >= dueAt && now < dueAt + GIVE_UP_MS;
  // A backup of before seven that was brought back after does not know whether it went.
  if (isDue && !(await wasRestoredSince(house, dueAt))) {
    isDone = await mailReaders(house, parts, { tenantId, week, readers }).catch((error: Error) => {
      house.log.warn({ tenant: tenantId, error: error.message }, "week: the mail is tried again");
      return false;
    });
  }
  const next = isDone ? nextMailAt(timeZone, now) : now + AGAIN_MS;
  await scheduleTimer(house, { tenantId, kind: MAIL, key: "monday", dueAt: next });
  if (isDone) await forgetMails(house, tenantId, addDays(week.monday, -7 * KEPT_WEEKS));
}

interface Round {
  tenantId: number;
  week: Week;
  readers: readonly Reader[];
}

/** @returns false when some are to be tried again */
async function mailReaders(house: House, parts: MailParts, round: Round): Promise<boolean> {
  const { tenantId, week, readers } = round;
  const weeks = await weeksOf(house, parts, tenantId);
  // The company began this week: there is nothing to tell yet.
  if (!weeks.includes(week.monday)) return true;
  const hasBefore = weeks.indexOf(week.monday) < weeks.length - 1;
  const addresses = await staffAddresses(
    house,
    tenantId,
    readers.map(({ userId }) => userId),
  );
  const profile = await house.profile(tenantId);
  let isDone = true;
  for (const { userId, language } of readers) {
    const address = addresses.find((one) => one.userId === userId);
    // Who left, or owns the company no longer, is told nothing.
    if (address?.role !== "owner") continue;
    const view = await viewOf(house, parts, { tenantId, week, hasBefore, language });
    const place: LetterPlace = {
      company: profile.name,
      language,
      timeZone: profile.timeZone,
      deskUrl: parts.deskUrl(house),
      say: (key, values) =>
        translate(catalogue, { language, form: profile.teamFormOfAddress }, key, values ?? {}),
    };
    const letter = { tenantId, to: address.email, key: keyOf(round, userId), ...letterOf(view, place) };
    isDone = (await sendOnce(house, parts.post, { ...round, userId, letter })) && isDone;
  }
  return isDone;
}

/** Letters, digits and points only, as a Message-ID wants it. */
const keyOf = ({ tenantId, week }: Round, userId: string): string =>
  `week.${week.monday}.${tenantId}.${userId.replace(/[^A-Za-z0-9]/g, "")}`;

/** @returns false when it is to be tried again */
async function sendOnce(
  house: House,
  post: StaffPost,
  mail: Round & { userId: string; letter: Parameters<StaffPost["send"]>[1] },
): Promise<boolean> {
  const place = { tenantId: mail.tenantId, monday: mail.week.monday, userId: mail.userId };
  if (!(await takeMail(house, place))) return true;
  const fate = await post.send(house, mail.letter);
  if (fate === "sent") await markSent(house, place);
  else house.log.warn({ tenant: mail.tenantId, fate }, "week: the mail did not go");
  // Whatever nobody knows, or will never be taken, is not sent a second time.
  if (fate !== "again" && fate !== "no_mailbox") return true;
  await giveBackMail(house, place);
  return fate === "no_mailbox";
}
