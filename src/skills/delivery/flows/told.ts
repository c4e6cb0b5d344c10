import type { Effect } from "#kernel";
import { type Delivery, isOpen } from "../plan/promises.ts";
import { SKILL_BITS } from "../rules/skill-bits.ts";
import { spokenClock } from "../rules/spoken/spoken-window.ts";
import { optionsOf } from "./scene.ts";
import type { NoteAbout, Stage } from "./talk.ts";
import { sayLate, teamValues, toPerson } from "./to-person.ts";
import { type Speaking, say, valuesOf } from "./words.ts";

/** What is said of a delivery on its evening: what the courier was told, when the courier comes, and what became of it. */

/** When a courier is expected at a door; times are ms. */
export interface Expected {
  /** The half-hour. */
  readonly from: number;
  readonly until: number;
  /** Stops of the round that come first. */
  readonly stopsBefore: number;
  /** It will hardly keep its window. */
  readonly isLate: boolean;
}

export interface ExpectedDelivery {
  readonly delivery: Delivery;
  /** Null: nobody can know yet. */
  readonly expected: Expected | null;
}

export interface Noted {
  readonly delivery: Delivery;
  readonly about: NoteAbout;
  readonly words: string;
  readonly stage?: Stage | undefined;
}

const NOTED: Readonly<Record<NoteAbout, string>> = {
  neighbour: "noted",
  leave: "notedLeave",
  absent: "noted",
  home: "here",
};

/** What the courier was told, and for who is not there the ways that are left. */
export function sayNoted(speaking: Speaking, { delivery, about, words, stage }: Noted): readonly Effect[] {
  const { id } = delivery;
  const values = { ...valuesOf(speaking, delivery), words };
  if (about !== "absent" || !stage)
    return [{ do: "say", text: say(speaking, NOTED[about], values) }, { do: "endFlow" }];
  if (stage === "another") {
    const team = toPerson(speaking.tenant, "team.another", teamValues(speaking, delivery));
    return [{ do: "say", text: say(speaking, "another", values) }, team];
  }
  const isAgeChecked = (delivery.skills & SKILL_BITS.age_check) !== 0;
  const near = isAgeChecked ? "absentNearAgeChecked" : "absentNear";
  const options = optionsOf(speaking, [
    stage === "begun" || delivery.state !== "under_way" ? ["optionAnother", "another", id] : null,
    isAgeChecked ? null : ["optionNeighbour", "neighbour", id],
    stage === "begun" ? ["optionCancel", "cancel", id] : null,
  ]);
  const text = say(speaking, stage === "begun" ? "absentBegun" : near, values);
  return [{ do: "say", text, options }, { do: "endFlow" }];
}

/** What became of it; where it was not brought, a person goes on. */
export function sayOver(speaking: Speaking, delivery: Delivery): readonly Effect[] {
  const values = valuesOf(speaking, delivery);
  const text = say(speaking, `over.${delivery.state}`, values);
  if (delivery.state === "failed")
    return [{ do: "say", text }, toPerson(speaking.tenant, "team.failed", teamValues(speaking, delivery))];
  const options = optionsOf(speaking, [delivery.state === "done" ? null : ["optionLook", "windows"]]);
  return [{ do: "say", text, options }, { do: "endFlow" }];
}

export function tellExpected(
  speaking: Speaking,
  of: readonly ExpectedDelivery[],
  now: number,
): readonly Effect[] {
  const [only, ...others] = of;
  const unknown = of.find(
    ({ delivery, expected }) => !expected && isOpen(delivery) && delivery.latestAt <= now,
  );
  if (unknown) return sayLate(speaking, unknown.delivery);
  if (only && others.length === 0 && !isOpen(only.delivery)) return sayOver(speaking, only.delivery);
  const text = of.map((one) => expectedWords(speaking, one)).join("\n\n");
  const isAgeChecked = only && (only.delivery.skills & SKILL_BITS.age_check) !== 0;
  const options = optionsOf(
    speaking,
    only && others.length === 0
      ? [
          isAgeChecked ? null : ["optionNeighbour", "neighbour", only.delivery.id],
          ["optionAbsent", "absent", only.delivery.id],
        ]
      : [],
  );
  return [{ do: "say", text, options }, { do: "endFlow" }];
}

/** "zwischen 19 und 19:30 Uhr, vor Ihnen 3 Halte"; who will be late is told so, before the window is over. */
function expectedWords(speaking: Speaking, { delivery, expected }: ExpectedDelivery): string {
  const values = valuesOf(speaking, delivery);
  if (!isOpen(delivery)) return say(speaking, `over.${delivery.state}`, values);
  if (!expected) return say(speaking, `status.${delivery.state}`, { ...values, until: "" });
  const half = {
    ...values,
    from: spokenClock(speaking, expected.from),
    until: spokenClock(speaking, expected.until),
    stops: expected.stopsBefore,
  };
  // No half-hour: the courier stands there.
  if (expected.until <= expected.from) return say(speaking, "expected.there", half);
  if (expected.isLate || expected.from >= delivery.latestAt) return say(speaking, "expected.late", half);
  if (expected.stopsBefore === 0) return say(speaking, "expected.next", half);
  return say(speaking, expected.stopsBefore === 1 ? "expected.one" : "expected.many", half);
}
