import { type Endangered, endangeredOf } from "./drop-out.ts";
import { identity } from "./replan.ts";
import { frozenStops, type Round, type RoundStop, type Ways } from "./round.ts";
import { EVENING_PRICES, type EveningPrices, RoundCost } from "./round-cost.ts";

export interface Drag {
  readonly rounds: readonly Round[];
  readonly stop: number;
  /** Where it shall come: so many stops of that shift are before it, the stop itself left out. */
  readonly shift: number;
  readonly place: number;
  readonly ways: Ways;
  readonly now: number;
  readonly prices?: EveningPrices;
}

/** Why a stop cannot be put somewhere. */
type Refused = "unknown" | "frozen" | "in-bag" | "capacity" | "skills";

export type Dragged =
  | { readonly refused: Refused }
  | {
      readonly refused: null;
      /** The one or two rounds that change, as they would be. */
      readonly rounds: readonly Round[];
      /** What it costs, in seconds under way as `EveningPrices` has them; below 0 is a gain. */
      readonly added_s: number;
      /** Promises of these rounds that would be endangered. */
      readonly endangered: readonly Endangered[];
    };

/** What it would cost to put a stop elsewhere; nothing is changed. What is frozen or lies in another courier's bag is refused. */
export function dragStop(drag: Drag): Dragged {
  const { rounds, stop, shift, place, ways, now } = drag;
  const source = rounds.find(({ stops }) => stops.some((one) => one.stop === stop));
  const target = rounds.find((round) => round.shift === shift);
  const index = source?.stops.findIndex((one) => one.stop === stop) ?? -1;
  const dragged = source?.stops[index];
  if (!source || !target || !dragged) return { refused: "unknown" };
  const rest = identity(source.stops.length).filter((n) => n !== index);
  const room = source === target ? rest.length : target.stops.length;
  if (!Number.isInteger(place) || place < 0 || place > room) return { refused: "unknown" };
  if (index < frozenStops(source, now) || place < frozenStops(target, now)) return { refused: "frozen" };
  if (source === target) {
    const changed = changedRound(source, source.stops, rest.toSpliced(place, 0, index), drag);
    return answerOf([changed], ways, now);
  }
  const refused = refusalOf(source, target, dragged);
  if (refused) return { refused };
  const stops = [...target.stops, dragged];
  const sequence = identity(target.stops.length).toSpliced(place, 0, target.stops.length);
  return answerOf(
    [changedRound(source, source.stops, rest, drag), changedRound(target, stops, sequence, drag)],
    ways,
    now,
  );
}

function refusalOf(source: Round, target: Round, { demand, skills }: RoundStop): Refused | null {
  if (source.hasLoaded) return "in-bag";
  const load = target.stops.reduce((sum, stop) => sum + stop.demand, demand);
  if (load > target.capacity) return "capacity";
  return (skills & ~target.skills) === 0 ? null : "skills";
}

interface Changed {
  readonly round: Round;
  readonly added_s: number;
}

function changedRound(
  round: Round,
  stops: readonly RoundStop[],
  sequence: readonly number[],
  { ways, now, prices = EVENING_PRICES }: Drag,
): Changed {
  const cost = new RoundCost(round, stops, { ways, now, prices });
  const before = cost.keep(identity(round.stops.length));
  return {
    round: { ...round, stops: sequence.map((n) => stops[n] as RoundStop) },
    added_s: cost.keep(sequence) - before,
  };
}

function answerOf(changed: readonly Changed[], ways: Ways, now: number): Dragged {
  const rounds = changed.map(({ round }) => round);
  return {
    refused: null,
    rounds,
    added_s: changed.reduce((sum, { added_s }) => sum + added_s, 0),
    endangered: endangeredOf(rounds, ways, now),
  };
}
