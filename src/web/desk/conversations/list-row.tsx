import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { Conversation } from "#kernel/api";
import { classNames } from "../../ui/class-names.ts";
import { MiniHorizon } from "../../ui/horizon.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useTopicTitle } from "../knowledge/use-topic-title.ts";
import { useMe } from "../session/session.ts";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { ChannelSign } from "./channel-sign.tsx";
import { contactName } from "./contact-name.ts";
import { horizonOf, rowState } from "./row-state.ts";

interface RowProps {
  conversation: Conversation;
  isChosen: boolean;
  /** The one row of the list that Tab reaches. */
  isTabStop: boolean;
}

/** Three lines: who and when, what, state and deadline. The whole row is one link. */
export const ListRow = memo(function ListRow({ conversation, isChosen, isTabStop }: RowProps) {
  const { t, format } = useText();
  const now = useNow();
  const staffId = useMe().user.id;
  const state = rowState(conversation, { staffId, now, t, format });
  const { waitingSince } = conversation;
  return (
    <li className="border-b border-line [contain-intrinsic-size:auto_100px] [content-visibility:auto]">
      <Link
        to="/conversations/$id"
        params={{ id: conversation.id }}
        search={(kept) => kept}
        preload={false}
        tabIndex={isTabStop ? 0 : -1}
        data-row={conversation.id}
        aria-current={isChosen ? "true" : undefined}
        className={classNames(
          "flex h-25 flex-col justify-center gap-1.5 border-l-3 py-2 pr-4 pl-3.5 focus-visible:-outline-offset-2 in-data-[density=dicht]:h-22 in-data-[density=dicht]:gap-1",
          isChosen ? "border-l-accent-edge bg-accent-soft" : "border-l-transparent hover:bg-ground",
        )}
      >
        <span className="flex items-center gap-1.5">
          <ChannelSign kind={conversation.channel.kind} />
          <span
            className={classNames(
              "truncate text-desk",
              state.isOurTurn || conversation.unread > 0 ? "font-bold" : "font-medium",
            )}
          >
            {contactName(conversation.contact, conversation.channel.kind, t)}
          </span>
          <time dateTime={conversation.lastMessageAt} className="ml-auto shrink-0 text-small text-ink-2">
            {format.near(conversation.lastMessageAt, now)}
          </time>
        </span>
        <span className="flex items-center gap-3 text-small text-ink-2">
          <Preview conversation={conversation} />
          <span className="ml-auto">
            <MiniHorizon {...horizonOf(conversation)} />
          </span>
        </span>
        <span className="flex items-center gap-2 text-small text-ink-2">
          <Tag kind={state.kind} className="shrink-0">
            {state.word}
          </Tag>
          {state.deadline && <span className="shrink-0">{state.deadline}</span>}
          {waitingSince && conversation.turn === "us" && (
            <span className="truncate text-tiny text-ink-2">
              {t("row.waiting", { span: format.span(now - Date.parse(waitingSince)) })}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
});

function Preview({ conversation }: { conversation: Conversation }) {
  const { t } = useText();
  const titleOf = useTopicTitle();
  return (
    <span className="truncate" dir="auto">
      {conversation.topic && <span className="font-medium text-ink">{titleOf(conversation.topic)}: </span>}
      {conversation.preview || t("row.noText")}
    </span>
  );
}
