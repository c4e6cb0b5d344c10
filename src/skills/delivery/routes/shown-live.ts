import { accentVariables, localDate, type TenantProfile } from "#kernel";
import type { LiveReply } from "../api/live.ts";
import type { Coordinates } from "../plan/promises.ts";
import { nextStep } from "../rules/hand-over.ts";
import { DAY_MS } from "../rules/limits.ts";
import { choicesOf } from "../rules/live-choices.ts";
import { wayTo } from "../rules/live-way.ts";
import { SKILL_BITS } from "../rules/skill-bits.ts";
import { mayAskToTake } from "../rules/take-back.ts";
import type { LiveDelivery } from "../store/live.ts";

/** A delivery in the words of the customer's page. */

/** The half-hour, ms. */
export interface Expected {
  readonly from: number;
  readonly until: number;
  readonly stopsBefore: number;
  readonly isLate: boolean;
}

export interface Seen {
  readonly delivery: LiveDelivery;
  readonly way: {
    readonly stops: readonly { readonly place: Coordinates; readonly isOver: boolean }[];
    readonly depot: Coordinates | null;
  } | null;
  readonly expected: Expected | null;
  readonly carrier: TenantProfile;
  /** Null: the carrier itself. */
  readonly sender: TenantProfile | null;
  readonly now: number;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const maybe = (ms: number | null): string | null => (ms === null ? null : iso(ms));

const PROMISED: readonly LiveDelivery["state"][] = ["booked", "loaded", "under_way"];

export function shownLive(seen: Seen): LiveReply {
  const { delivery: one, carrier, sender, now } = seen;
  const next = one.state === "failed" ? nextStep(one, one.rule) : null;
  const isOpen = PROMISED.includes(one.state);
  return {
    company: shownCompany(carrier),
    senderName: sender?.name ?? "",
    reference: one.senderRef,
    address: one.address,
    place: one.place,
    earliestAt: iso(one.earliestAt),
    latestAt: iso(one.latestAt),
    timeZone: one.timeZone,
    state: one.state,
    attempt: one.attempt,
    outcome: one.outcome,
    outcomeWords: one.outcomeWords,
    endedAt: maybe(one.endedAt),
    ...shownExpected(seen),
    owed: owedOf(one),
    way: seen.way ? wayTo(seen.way.stops, seen.way.depot) : [],
    code: isOpen ? one.code : null,
    isAgeChecked: (one.skills & SKILL_BITS.age_check) !== 0,
    doorNote: one.doorNote,
    takeBack: one.takeBack.state === null ? null : { ...one.takeBack, state: one.takeBack.state },
    takesBack: mayAskToTake(one, one.takeBackRule) ? { words: one.takeBackRule.words } : null,
    choices: choicesOf({ ...one, next }),
    chosen: one.choice,
    next,
    collect:
      next === "collect" && one.depotName !== ""
        ? {
            name: one.depotName,
            until: localDate((one.endedAt ?? now) + one.rule.collectDays * DAY_MS, one.timeZone),
          }
        : null,
    isAsked: one.state === "done" && one.answer === null,
    answer: one.answer,
    language: one.language ?? carrier.language,
    formOfAddress: carrier.formOfAddress,
    updatedAt: iso(now),
  };
}

function shownCompany({ name, slug, logo, accent, legal }: TenantProfile): LiveReply["company"] {
  return {
    name,
    logo,
    accent: accentVariables(accent),
    page: `/c/${encodeURIComponent(slug)}`,
    legal: { ...legal },
  };
}

/** A time is said as soon as it was told, or when the promise is in danger: before, it still changes. */
function shownExpected({ delivery: one, expected, now }: Seen) {
  const isOpen = PROMISED.includes(one.state);
  const isLate =
    one.brokenAt !== null ||
    (isOpen && (expected?.isLate === true || one.lateSaidAt !== null || now > one.latestAt));
  const isKnown = isOpen && (one.toldAt !== null || isLate);
  const isAhead = expected !== null && expected.until > now;
  return {
    // What should have been is no expectation; what was told stands as it was told.
    expected:
      isKnown && isAhead ? { from: iso(stepped(expected.from)), until: iso(stepped(expected.until)) } : null,
    isLate,
    stopsBefore: isKnown && isAhead ? expected.stopsBefore : null,
  };
}

const STEP_MS = 300_000;
/** Full steps of five minutes, as they are told. */
const stepped = (at: number): number => Math.floor(at / STEP_MS) * STEP_MS;

function owedOf(one: LiveDelivery): LiveReply["owed"] {
  // Also for a promise before this one, which was broken and put off.
  const minor = one.compensationMinor;
  const ruleMinor = one.brokenAt === null ? one.ruleCompensationMinor : 0;
  return minor + ruleMinor > 0 ? { minor, ruleMinor, currency: one.currency } : null;
}
