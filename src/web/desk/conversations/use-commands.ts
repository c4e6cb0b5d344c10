import { Bot, Check, Hand, Lock, MailQuestion, Phone, PhoneCall, Reply, RotateCcw } from "lucide-react";
import { useMemo, useRef } from "react";
import type { Conversation } from "#kernel/api";
import { useMe } from "../session/session.ts";
import { type Command, useCommands } from "../shell/commands.ts";
import { useText } from "../text/use-text.ts";
import { askComposer } from "./composer/composer-events.ts";
import type { ConversationActions } from "./use-actions.ts";

type Actions = ConversationActions & { promise(): void; ask(): void; logCall(): void };

/** The open conversation's actions, for keys and palette. */
export function useConversationCommands(conversation: Conversation | undefined, actions: Actions): void {
  const { t } = useText();
  const staffId = useMe().user.id;
  const latest = useRef(actions);
  latest.current = actions;
  const state = conversation?.state;
  const isMine = conversation?.assignee?.id === staffId && state === "person";
  const name = conversation?.contact.name ?? "";
  const commands = useMemo<Command[]>(() => {
    if (!state) return [];
    const command = (id: string, label: string, part: Pick<Command, "icon" | "keys" | "run">): Command => ({
      id,
      label,
      group: "conversation",
      hint: name,
      ...part,
    });
    return [
      command("reply", t("action.reply"), { icon: Reply, keys: ["r"], run: () => askComposer("answer") }),
      command("note", t("action.note"), { icon: Lock, keys: ["n"], run: () => askComposer("note") }),
      ...(isMine
        ? []
        : [command("take", t("action.take"), { icon: Hand, keys: ["t"], run: () => latest.current.take() })]),
      command("promise", t("action.promise"), {
        icon: Phone,
        keys: ["p"],
        run: () => latest.current.promise(),
      }),
      command("ask", t("action.ask"), { icon: MailQuestion, keys: ["q"], run: () => latest.current.ask() }),
      command("logCall", t("action.logCall"), {
        icon: PhoneCall,
        keys: ["l"],
        run: () => latest.current.logCall(),
      }),
      ...(state === "bot" || state === "closed"
        ? []
        : [command("return", t("action.giveBack"), { icon: Bot, run: () => latest.current.giveBack() })]),
      state === "closed"
        ? command("reopen", t("action.reopen"), {
            icon: RotateCcw,
            keys: ["e"],
            run: () => latest.current.reopen(),
          })
        : command("close", t("action.close"), {
            icon: Check,
            keys: ["e"],
            run: () => latest.current.close(),
          }),
    ];
  }, [state, isMine, name, t]);
  useCommands(commands);
}
