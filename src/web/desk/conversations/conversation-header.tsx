import { Link } from "@tanstack/react-router";
import { ChevronLeft, Hand, PanelRight, PhoneCall, RotateCcw } from "lucide-react";
import type { Conversation } from "#kernel/api";
import { Button, IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Horizon } from "../../ui/horizon.tsx";
import { useTopicTitle } from "../knowledge/use-topic-title.ts";
import { useMe } from "../session/session.ts";
import type { Translate } from "../text/catalogue.ts";
import { useText } from "../text/use-text.ts";
import { AssignMenu } from "./assign-menu.tsx";
import { contactName } from "./contact-name.ts";
import { MoreMenu } from "./more-menu.tsx";
import { horizonOf } from "./row-state.ts";
import type { ConversationActions } from "./use-actions.ts";

/** On phones the main action has a line of its own: the name needs the first one. */
const narrow = "order-last w-full sm:order-none sm:w-auto";

interface HeaderProps {
  conversation: Conversation;
  actions: ConversationActions;
  onPromise(): void;
  onAsk(): void;
  onLogCall(): void;
  onPanel(): void;
  isPanelOpen: boolean;
}

/** Who it is, what it is about, what can be done; and the horizon: who speaks and whose turn it is. */
export function ConversationHeader(props: HeaderProps) {
  const { conversation, actions, onPromise, onAsk, onLogCall, onPanel, isPanelOpen } = props;
  const { t } = useText();
  const session = useMe();
  const titleOf = useTopicTitle();
  const isMine = conversation.assignee?.id === session.user.id && conversation.state === "person";
  const name = contactName(conversation.contact, conversation.channel.kind, t);
  return (
    <header className="border-b border-line bg-sheet px-4 pt-2 pb-3 lg:px-6">
      <div className="flex flex-wrap items-center gap-2 sm:flex-nowrap">
        <Link
          to="/conversations"
          search={(kept) => kept}
          aria-label={t("conversation.back")}
          className="-ml-2 inline-flex size-11 items-center justify-center rounded-2 lg:hidden"
        >
          <ChevronLeft size={22} strokeWidth={1.75} aria-hidden="true" />
        </Link>
        <div className="min-w-0 flex-1 py-1">
          <h2 className="line-clamp-2 text-h2">{name}</h2>
          <p className="truncate text-small text-ink-2">
            {whereItStands({ ...conversation, topic: conversation.topic && titleOf(conversation.topic) }, t)}
          </p>
        </div>
        {conversation.state === "closed" ? (
          <Button icon={RotateCcw} className={narrow} busy={actions.isBusy} onClick={actions.reopen}>
            {t("action.reopen")}
          </Button>
        ) : (
          !isMine && (
            <Button
              variant="primary"
              icon={Hand}
              className={narrow}
              busy={actions.isBusy}
              onClick={actions.take}
            >
              {t("action.take")}
            </Button>
          )
        )}
        <span className={classNames("hidden", isMine && "sm:block")}>
          <AssignMenu conversation={conversation} actions={actions} />
        </span>
        <IconButton icon={PhoneCall} label={t("action.logCall")} onClick={onLogCall} />
        <MoreMenu {...{ conversation, actions, onPromise, onAsk, onLogCall }} />
        <IconButton
          icon={PanelRight}
          label={t("contact.show")}
          aria-expanded={isPanelOpen}
          className="xl:hidden"
          onClick={onPanel}
        />
      </div>
      <div className="mt-1.5">
        <Horizon
          left={name}
          right={t("side.us", { name: session.user.name.split(" ")[0] ?? "" })}
          {...horizonOf(conversation)}
          label={sentence(conversation, name, t)}
        />
      </div>
    </header>
  );
}

function whereItStands({ topic, assignee, department, id }: Conversation, t: Translate): string {
  const holder = assignee ? t("conversation.with", { name: assignee.name }) : null;
  return [topic, holder, department?.name, `#${id}`].filter(Boolean).join(" · ");
}

/** The line as a sentence, for readers by ear. */
function sentence({ state, turn, assignee }: Conversation, name: string, t: Translate): string {
  const who = t(`line.${state}`, { name, person: assignee?.name ?? t("line.nobody") });
  return turn === "us" && state !== "bot" && state !== "closed" ? `${who} ${t("line.ourTurn")}` : who;
}
