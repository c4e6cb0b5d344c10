import type { Conversation } from "#kernel/api";
import type { HorizonMode, HorizonTurn } from "../../ui/horizon.tsx";
import type { TagKind } from "../../ui/tag.tsx";
import type { Translate } from "../text/catalogue.ts";
import type { Format } from "../text/format.ts";

export interface RowState {
  kind: TagKind;
  word: string;
  /** Until when an answer is due, or since when it is late. */
  deadline: string | null;
  /** Does it wait for the viewer or for anybody of the team? */
  isOurTurn: boolean;
}

interface Reader {
  staffId: string;
  now: number;
  t: Translate;
  format: Format;
}

/** Who speaks on our side, for the line. */
export function horizonOf(conversation: Pick<Conversation, "state" | "turn">): {
  mode: HorizonMode;
  turn: HorizonTurn;
} {
  const isPerson = conversation.state === "person";
  const mode = isPerson ? "person" : conversation.state === "bot" ? "bot" : "away";
  return { mode, turn: conversation.turn === "us" && conversation.state !== "bot" ? "right" : null };
}

/** The state of a conversation as sign, word and deadline. */
export function rowState(conversation: Conversation, { staffId, now, t, format }: Reader): RowState {
  const { state, turn, assignee, dueAt } = conversation;
  if (state === "closed") return { kind: "ok", word: t("row.closed"), deadline: null, isOurTurn: false };
  if (state === "bot") return { kind: "plain", word: t("row.bot"), deadline: null, isOurTurn: false };
  if (turn !== "us")
    return { kind: "plain", word: t("row.waitsForCustomer"), deadline: null, isOurTurn: false };
  const isMine = assignee?.id === staffId;
  const deadline = dueAt && deadlineOf(dueAt, { now, t, format });
  if (dueAt && Date.parse(dueAt) < now)
    return { kind: "bad", word: t("row.overdue"), deadline, isOurTurn: true };
  if (assignee && !isMine) {
    return {
      kind: "plain",
      word: t("row.withColleague", { name: assignee.name }),
      deadline,
      isOurTurn: false,
    };
  }
  return {
    kind: "turn",
    word: isMine ? t("row.yourTurn") : t("row.waitsForTeam"),
    deadline,
    isOurTurn: true,
  };
}

function deadlineOf(dueAt: string, { now, t, format }: Omit<Reader, "staffId">): string {
  const late = now - Date.parse(dueAt);
  return late > 0
    ? t("row.lateBy", { span: format.span(late) })
    : t("row.dueAt", { time: format.moment(dueAt, now) });
}
