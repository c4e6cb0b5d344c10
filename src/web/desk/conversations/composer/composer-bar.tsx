import { ArrowUp, ListPlus, MailQuestion, Paperclip, Phone, Plus } from "lucide-react";
import { type ChangeEvent, useRef } from "react";
import type { Conversation } from "#kernel/api";
import { Button, IconButton } from "../../../ui/button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { Kbd } from "../../../ui/kbd.tsx";
import { Menu, MenuItem } from "../../../ui/menu.tsx";
import { useCompany } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import type { ComposerMode } from "./composer-events.ts";

interface Tools {
  onFile(file: File): void;
  onPromise(): void;
  onAsk(): void;
  onBlocks(): void;
}

interface BarProps extends Tools {
  conversation: Conversation;
  mode: ComposerMode;
  isBusy: boolean;
  onClose(): void;
  onSend(): void;
}

/** Below the field from 1024 px on: tools at the left, done and send at the right. */
export function ComposerBar({ conversation, mode, isBusy, onClose, onSend, ...tools }: BarProps) {
  const { t } = useText();
  const company = useCompany();
  const choosing = useFileChoice(tools.onFile);
  return (
    <div className="mt-2 hidden items-center gap-1 lg:flex">
      {choosing.input}
      <IconButton icon={Paperclip} label={t("composer.attach")} onClick={choosing.open} />
      <IconButton icon={ListPlus} label={t("composer.block")} onClick={tools.onBlocks} />
      <IconButton icon={Phone} label={t("action.promise")} onClick={tools.onPromise} />
      <IconButton icon={MailQuestion} label={t("action.ask")} onClick={tools.onAsk} />
      <span className="ml-1 truncate text-tiny text-ink-2">
        {company &&
          mode === "answer" &&
          t("composer.form", {
            form: t(`form.${company.formOfAddress}`),
            language: t(`language.${conversation.language}`),
          })}
      </span>
      <span className="ml-auto flex gap-2">
        {conversation.state !== "closed" && (
          <Button busy={isBusy} onClick={onClose}>
            {t("action.close")} <Kbd>E</Kbd>
          </Button>
        )}
        <SendButton mode={mode} onSend={onSend} />
      </span>
    </div>
  );
}

/** On phones: one plus for all tools. */
export function SmallTools({ onFile, onPromise, onAsk, onBlocks }: Tools) {
  const { t } = useText();
  const choosing = useFileChoice(onFile);
  return (
    <div className="-ml-2 lg:hidden">
      {choosing.input}
      <Menu align="start" trigger={<IconButton icon={Plus} label={t("composer.tools")} />}>
        <MenuItem icon={Paperclip} onSelect={choosing.open}>
          {t("composer.attach")}
        </MenuItem>
        <MenuItem icon={ListPlus} onSelect={onBlocks}>
          {t("composer.block")}
        </MenuItem>
        <MenuItem icon={Phone} onSelect={onPromise}>
          {t("action.promise")}
        </MenuItem>
        <MenuItem icon={MailQuestion} onSelect={onAsk}>
          {t("action.ask")}
        </MenuItem>
      </Menu>
    </div>
  );
}

export function SendButton({
  mode,
  onSend,
  isSmall = false,
}: {
  mode: ComposerMode;
  onSend(): void;
  isSmall?: boolean;
}) {
  const { t } = useText();
  const label = mode === "note" ? t("composer.keepNote") : t("composer.send");
  return (
    <Button
      variant="primary"
      onClick={onSend}
      aria-label={isSmall ? label : undefined}
      className={classNames(isSmall && "size-11 shrink-0 px-0! lg:hidden")}
    >
      {!isSmall && label}
      <ArrowUp size={18} strokeWidth={2} aria-hidden="true" />
    </Button>
  );
}

function useFileChoice(onFile: (file: File) => void) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    if (file) onFile(file);
    event.target.value = "";
  };
  return {
    open: () => input.current?.click(),
    input: (
      <input
        ref={input}
        type="file"
        tabIndex={-1}
        aria-label={t("composer.attach")}
        className="hidden"
        onChange={onChange}
      />
    ),
  };
}
