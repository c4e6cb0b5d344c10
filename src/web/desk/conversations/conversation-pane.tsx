import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Conversation } from "#kernel/api";
import { Problem } from "../../client/problem.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { extra } from "../shell/extra.tsx";
import { Failure, FailureRows } from "../shell/failure.tsx";
import { usePageTitle } from "../shell/page-titles.ts";
import { useText } from "../text/use-text.ts";
import { Composer } from "./composer/composer.tsx";
import { ContactPanel } from "./contact/contact-panel.tsx";
import { contactName } from "./contact-name.ts";
import { ConversationHeader } from "./conversation-header.tsx";
import { Log } from "./log/log.tsx";
import { conversationQuery } from "./queries.ts";
import { useConversationActions } from "./use-actions.ts";
import { useConversationCommands } from "./use-commands.ts";
import { useMarkRead } from "./use-mark-read.ts";

const CallbackForm = extra(() => import("./callback-form.tsx"), "CallbackForm");
const LogCall = extra(() => import("../telephone/log-call.tsx"), "LogCall");
const PhoneBar = extra(() => import("../telephone/phone-bar.tsx"), "PhoneBar");
const Lesson = extra(() => import("./lesson.tsx"), "Lesson");
const Colleagues = extra(() => import("./colleagues/colleagues.tsx"), "Colleagues");

/** The open conversation with its log, the composer and the contact beside it. */
export function ConversationPane() {
  const { id } = useParams({ from: "/shell/conversations/$id" });
  // A conversation of its own state each: nothing of one is seen in another.
  return <OneConversation key={id} id={id} />;
}

function OneConversation({ id }: { id: number }) {
  const { t } = useText();
  const { data: conversation, error, refetch } = useQuery(conversationQuery(id));
  const actions = useConversationActions(id);
  const [isPanelOpen, setPanelOpen] = useState(false);
  const [form, setForm] = useState<"promise" | "log" | null>(null);
  const [isAsking, setAsking] = useState(false);
  const ask = () => setAsking(true);
  const promise = () => setForm("promise");
  const logCall = () => setForm("log");
  useMarkRead(conversation);
  useConversationCommands(conversation, { ...actions, promise, ask, logCall });
  usePageTitle(
    conversation ? contactName(conversation.contact, conversation.channel.kind, t) : t("place.conversations"),
  );
  useEscape(isPanelOpen, () => setPanelOpen(false));
  // What is loaded stays readable while there is no contact; only a conversation that is gone goes away.
  if (error && (!conversation || isGone(error)))
    return <NotShown error={error} retry={() => void refetch()} />;
  if (!conversation) return <Waiting rows={5} label={t("conversation.loading")} />;
  return (
    <div className="flex h-full min-h-0">
      <section aria-label={t("conversation.title")} className="flex min-w-0 flex-1 flex-col">
        <ConversationHeader
          conversation={conversation}
          actions={actions}
          onPromise={promise}
          onAsk={ask}
          onLogCall={logCall}
          onPanel={() => setPanelOpen(!isPanelOpen)}
          isPanelOpen={isPanelOpen}
        />
        {actions.error !== null && (
          <div className="border-b border-line bg-sheet px-4 pb-4 lg:px-6">
            <FailureRows error={actions.error} />
          </div>
        )}
        <Log conversation={conversation} />
        {isSolved(conversation) && <Lesson conversation={conversation} />}
        <Colleagues conversation={conversation} isAsking={isAsking} onAsked={() => setAsking(false)} />
        {form === "promise" && <CallbackForm conversation={conversation} onDone={() => setForm(null)} />}
        {form === "log" && <LogCall conversation={conversation} onDone={() => setForm(null)} />}
        {conversation.channel.kind === "phone" ? (
          <PhoneBar conversation={conversation} onLogCall={logCall} />
        ) : (
          <Composer conversation={conversation} actions={actions} onPromise={promise} onAsk={ask} />
        )}
      </section>
      <ContactPanel conversation={conversation} isOpen={isPanelOpen} onClose={() => setPanelOpen(false)} />
    </div>
  );
}

/** A person has answered what the automatic answers handed over. */
function isSolved({ handOver, state, turn }: Conversation): boolean {
  return handOver !== null && (state === "closed" || (state === "person" && turn === "customer"));
}

function isGone(error: unknown): boolean {
  return error instanceof Problem && error.status === 404;
}

function NotShown({ error, retry }: { error: unknown; retry(): void }) {
  const { t } = useText();
  const isMissing = isGone(error);
  return (
    <div className="h-full overflow-y-auto">
      <Failure
        error={error}
        title={isMissing ? t("conversation.missing") : t("conversation.notLoaded")}
        retry={isMissing ? undefined : retry}
        actions={
          <Link to="/conversations" search={(kept) => kept} className={buttonClass("secondary")}>
            {t("conversation.back")}
          </Link>
        }
      />
    </div>
  );
}

function useEscape(isActive: boolean, leave: () => void): void {
  useEffect(() => {
    if (!isActive) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && leave();
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  });
}
