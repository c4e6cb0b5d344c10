import { Bot, Check, Ellipsis, MailQuestion, Phone, PhoneCall, RotateCcw } from "lucide-react";
import type { Conversation } from "#kernel/api";
import { IconButton } from "../../ui/button.tsx";
import { Menu, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { useText } from "../text/use-text.ts";
import { AssignChoices } from "./assign-menu.tsx";
import type { ConversationActions } from "./use-actions.ts";

interface MoreProps {
  conversation: Conversation;
  actions: ConversationActions;
  onPromise(): void;
  onAsk(): void;
  onLogCall(): void;
}

/** Everything that can be done with the conversation, with its keys. */
export function MoreMenu({ conversation, actions, onPromise, onAsk, onLogCall }: MoreProps) {
  const { t } = useText();
  const { state } = conversation;
  return (
    <Menu trigger={<IconButton icon={Ellipsis} label={t("action.more")} />}>
      {state === "closed" ? (
        <MenuItem icon={RotateCcw} shortcut="E" onSelect={actions.reopen}>
          {t("action.reopen")}
        </MenuItem>
      ) : (
        <MenuItem icon={Check} shortcut="E" onSelect={actions.close}>
          {t("action.close")}
        </MenuItem>
      )}
      {(state === "person" || state === "waiting") && (
        <MenuItem icon={Bot} onSelect={actions.giveBack}>
          {t("action.giveBack")}
        </MenuItem>
      )}
      <MenuItem icon={PhoneCall} shortcut="L" onSelect={onLogCall}>
        {t("action.logCall")}
      </MenuItem>
      <MenuItem icon={Phone} shortcut="P" onSelect={onPromise}>
        {t("action.promise")}
      </MenuItem>
      <MenuItem icon={MailQuestion} shortcut="Q" onSelect={onAsk}>
        {t("action.ask")}
      </MenuItem>
      <MenuLine />
      <AssignChoices conversation={conversation} actions={actions} />
    </Menu>
  );
}
