import { readFile } from "node:fs/promises";
import { z } from "zod";
import { minutesOf } from "../skills/notices/rules/rhythm.ts";
import { type Profile, simulate } from "../skills/notices/rules/simulate.ts";
import { print, readOptions, UsageError } from "./options.ts";

const USAGE =
  "Say `notices simulate --topic T --recipients N --profile FILE [--at TIME] [--zone ZONE] [--hours H] [--json]`.";
const RECIPIENTS_MOST = 100_000_000;
const HOUR_MS = 3_600_000;
const DEFAULT_ZONE = "Europe/Berlin";
/** A morning: what the notice takes must not depend on when the question is asked. */
const DEFAULT_START = "2026-01-12T08:00:00+01:00";

const OPTIONS = {
  topic: { type: "string" },
  recipients: { type: "string" },
  profile: { type: "string" },
  at: { type: "string" },
  zone: { type: "string" },
  hours: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "is a time such as 21:00");
const profileFile = z.object({
  perSecond: z.number().positive(),
  pairSeconds: z.number().min(0).default(0),
  portfolioPerDay: z.number().int().min(0).nullable().default(null),
  quiet: z.tuple([clock, clock]).nullable().default(null),
});

/** `augenhoehe notices simulate …`: what a notice would take. @returns the exit code */
export async function noticesCommand(argv: string[]): Promise<number> {
  const [verb, ...rest] = argv;
  if (verb !== "simulate") throw new UsageError(USAGE);
  const { values } = readOptions(rest, { options: OPTIONS });
  if (values.topic === undefined || values.profile === undefined) throw new UsageError(USAGE);
  const recipients = numberOf(values.recipients, "--recipients", RECIPIENTS_MOST);
  const hours = values.hours === undefined ? undefined : numberOf(values.hours, "--hours", 24 * 365);
  const zone = values.zone ?? DEFAULT_ZONE;
  const startMs = Date.parse(values.at ?? DEFAULT_START);
  if (Number.isNaN(startMs))
    throw new UsageError(`--at ${values.at} is no time such as 2026-03-02T08:00:00Z.`);
  refuseUnknown(zone);
  const plan = simulate(recipients, await readProfile(values.profile), {
    startMs,
    zone,
    ...(hours === undefined ? {} : { lifeMs: hours * HOUR_MS }),
  });
  const lastAt = plan.lastAt === null ? null : localTime(plan.lastAt, zone);
  if (values.json) {
    const { seconds, sentPerSecond, dropped } = plan;
    print(JSON.stringify({ lastAt, seconds, sentPerSecond, dropped }));
    return 0;
  }
  print(
    lastAt === null
      ? `${values.topic}: nobody would get it; ${plan.dropped} dropped.`
      : `${values.topic}: ${plan.sent} messages in ${plan.seconds} s (${plan.sentPerSecond}/s), the last at ${lastAt}; ${plan.dropped} dropped.`,
  );
  return 0;
}

/** As the clock on the wall shows it, with its distance from UTC: quiet hours are read from it. */
function localTime(ms: number, zone: string): string {
  const whole = Math.floor(ms / 1000) * 1000;
  const parts = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  }).format(whole);
  const wall = Date.parse(`${parts.replace(" ", "T")}Z`);
  const minutes = Math.round((wall - whole) / 60_000);
  const pad = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  const offset = `${minutes < 0 ? "-" : "+"}${pad(Math.abs(minutes) / 60)}:${pad(Math.abs(minutes) % 60)}`;
  return new Date(wall + (ms - whole)).toISOString().replace("Z", offset);
}

function numberOf(value: string | undefined, name: string, most: number): number {
  const number = Number(value);
  if (value === undefined || !Number.isSafeInteger(number) || number < 0 || number > most)
    throw new UsageError(`${name} is a whole number from 0 to ${most}.`);
  return number;
}

function refuseUnknown(zone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    throw new UsageError(`--zone ${zone} is no time zone such as Europe/Berlin.`);
  }
}

async function readProfile(file: string): Promise<Profile> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is not JSON.`);
  }
  const found = profileFile.safeParse(json);
  if (!found.success) {
    const [issue] = found.error.issues;
    throw new UsageError(`${file}: ${issue?.path.join(".") || "the profile"}: ${issue?.message}.`);
  }
  const { quiet, ...profile } = found.data;
  return { ...profile, quiet: quiet && { from: minutesOf(quiet[0]), to: minutesOf(quiet[1]) } };
}
