import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import type { Conversation, ReplyOf } from "#kernel/api";
import type { listColleagues } from "../../../../skills/colleagues/api.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { AskFields } from "./ask-fields.tsx";
import { colleaguesQuery } from "./queries.ts";

export type Door = ReplyOf<typeof listColleagues>;

/** Asks a colleague by mail, or says what is missing to do so. */
export function AskForm({ conversation, onDone }: { conversation: Conversation; onDone(): void }) {
  const { t } = useText();
  const door = useQuery(colleaguesQuery);
  const leave = useWayBack(onDone);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") leave();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape leaves from every field in it
    <div
      onKeyDown={onKeyDown}
      className="max-h-[60%] overflow-y-auto border-t border-line bg-sheet px-4 py-4 lg:px-6"
    >
      <h3 className="mb-3">{t("ask.title")}</h3>
      {door.isPending && <Waiting rows={2} label={t("ask.loading")} />}
      {door.error && (
        <Failure error={door.error} title={t("ask.notLoaded")} retry={() => void door.refetch()} />
      )}
      {door.data && <Opened door={door.data} conversation={conversation} leave={leave} />}
    </div>
  );
}

function Opened({ door, conversation, leave }: { door: Door; conversation: Conversation; leave(): void }) {
  const { t } = useText();
  if (door.mailbox === null)
    return (
      <Missing text={t("ask.noMailbox")} leave={leave}>
        <Link to="/settings/channels" className={buttonClass("primary")}>
          {t("ask.toChannels")}
        </Link>
      </Missing>
    );
  if (door.items.length === 0 && door.settings.domains.length === 0)
    return (
      <Missing text={`${t("ask.nobody")} ${t("ask.nobodyText")}`} leave={leave}>
        <Link to="/settings/colleagues" className={buttonClass("primary")}>
          {t("ask.toList")}
        </Link>
      </Missing>
    );
  return <AskFields door={door} conversation={conversation} leave={leave} />;
}

function Missing({ text, leave, children }: { text: string; leave(): void; children: ReactNode }) {
  const { t } = useText();
  return (
    <div className="grid gap-3">
      <p className="max-w-[60ch]">{text}</p>
      <div className="flex flex-wrap gap-2">
        {children}
        <Button onClick={leave}>{t("cancel")}</Button>
      </div>
    </div>
  );
}

/** Whoever leaves stands again where they came from. */
function useWayBack(onDone: () => void): () => void {
  const [opener] = useState(() => document.activeElement);
  return () => {
    if (opener instanceof HTMLElement) opener.focus();
    onDone();
  };
}
