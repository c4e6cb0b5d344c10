import type { Effect, Turn } from "#kernel";
import type { Fault, Shown } from "../api/record.ts";
import { speakingOf } from "./index.ts";
import { MOST_TRIES, type Step, type Wish } from "./wish.ts";
import { say, tell } from "./words.ts";

/** What is said when it was looked up. */

export type Outcome =
  | { readonly is: "found"; readonly told: readonly Shown[] }
  /** What was given fits orders of several persons. */
  | { readonly is: "ambiguous" }
  /** Nothing was given yet that could prove anything. */
  | { readonly is: "unproven" }
  /** There is none of this number, or what was given proves nothing: both sound the same. */
  | { readonly is: "notFound" }
  | { readonly is: "codeAsked"; readonly ways: { readonly mail: boolean; readonly whatsapp: boolean } }
  | { readonly is: "codeWrong" }
  | { readonly is: "blocked" }
  | { readonly is: "noMailbox" }
  /** Asked before a backup was restored: a code may have been mailed already, so none is. */
  | { readonly is: "beforeRestore" }
  | { readonly is: "down"; readonly name: string; readonly fault: Fault };

export function effectsOf(turn: Turn, wish: Wish, outcome: Outcome): readonly Effect[] {
  const speaking = speakingOf(turn, wish.language);
  const { kind, reference: number } = wish;
  const tries = wish.tries + 1;
  switch (outcome.is) {
    case "found":
      return [...outcome.told.map((shown) => tell(speaking, shown)), { do: "endFlow" }];
    case "ambiguous":
      return toPerson(turn, wish, { key: "toPerson", team: "team.ambiguous" });
    case "unproven":
      return kind === "appointment"
        ? [ask(wish, "name", say(speaking, "askName"))]
        : [ask(wish, "postcode", say(speaking, "askPostcode", { number }))];
    case "notFound": {
      if (tries >= MOST_TRIES) return toPerson(turn, wish, { key: "toPerson", team: "team.notFound" });
      const { postcode: _, name: __, ...again } = wish;
      const key = kind === "appointment" ? "notFoundAppointment" : "notFound";
      return [ask({ ...again, tries }, "reference", say(speaking, key))];
    }
    case "codeAsked":
      return [ask(wish, "code", say(speaking, codeAskedKey(outcome.ways)))];
    case "codeWrong":
      return [ask({ ...wish, tries: 0 }, "code", say(speaking, "codeWrong"))];
    case "blocked":
      return toPerson(turn, wish, { key: "blocked", team: "team.blocked" });
    case "noMailbox":
      return toPerson(turn, wish, { key: "toPerson", team: "team.noMailbox" });
    case "beforeRestore":
      return toPerson(turn, wish, { key: "toPerson", team: "team.beforeRestore" });
    case "down":
      return toPerson(turn, wish, { key: "down", team: "team.down", ...outcome });
  }
}

/** By what the company can send at all: it says nothing about the number. */
function codeAskedKey({ mail, whatsapp }: { mail: boolean; whatsapp: boolean }): string {
  if (mail && whatsapp) return "codeAsked.both";
  return mail ? "codeAsked.mail" : "codeAsked.whatsapp";
}

function ask({ code: _, ...wish }: Wish, step: Step, text: string): Effect {
  return { do: "ask", flow: wish.kind, step, data: wish, text };
}

function toPerson(
  turn: Turn,
  { kind, language, reference: number }: Wish,
  why: { key: string; team: string; name?: string; fault?: Fault },
): readonly Effect[] {
  const { tenant } = turn;
  const team = { language: tenant.language, form: tenant.teamFormOfAddress };
  const noun = say(team, `noun.${kind}`);
  const fault = why.fault ? say(team, `fault.${why.fault}`) : "";
  const summary = say(team, why.team, { noun, number, name: why.name ?? "", fault });
  return [
    { do: "say", text: say(speakingOf(turn, language), why.key, { number }) },
    { do: "handOver", reason: "flow", summary },
  ];
}
