import { useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { Message } from "#kernel/api";
import { IconButton } from "../../../ui/button.tsx";
import { useText } from "../../text/use-text.ts";
import { conversationKeys, type Pages } from "../queries.ts";

interface QuotedProps {
  conversationId: number;
  messageId: string;
  onRemove(): void;
}

/** The message that the answer refers to, above the field. */
export function QuotedLine({ conversationId, messageId, onRemove }: QuotedProps) {
  const { t } = useText();
  const loaded = useQueryClient().getQueryData<Pages<Message>>(conversationKeys.messages(conversationId));
  const message = loaded?.pages.flatMap((page) => page.items).find(({ id }) => id === messageId);
  return (
    <div className="mb-2 flex items-center gap-2 border-l-2 border-line-strong pl-3 text-small text-ink-2">
      <p className="line-clamp-2 flex-1">
        <span className="font-strong">{t("composer.replyingTo")}</span> {message?.text || t("message.file")}
      </p>
      <IconButton icon={X} label={t("composer.noQuote")} onClick={onRemove} />
    </div>
  );
}
