import { Paperclip, RotateCcw, X } from "lucide-react";
import { largestFile } from "../../../client/files.ts";
import { IconButton } from "../../../ui/button.tsx";
import { classNames } from "../../../ui/class-names.ts";
import { sentencesOf } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import type { Attachment } from "./use-attachment.ts";

interface ChipProps {
  attachment: Attachment;
  onRetry(file: File): void;
  onRemove(): void;
}

export function AttachmentChip({ attachment, onRetry, onRemove }: ChipProps) {
  const { t, format } = useText();
  const isUploading = attachment.state === "uploading";
  return (
    <div
      role="status"
      className={classNames(
        "mt-2 flex items-center gap-2 rounded-2 border border-line bg-ground pl-3 text-small",
        isUploading && "busy-line",
      )}
    >
      <Paperclip size={16} strokeWidth={1.75} aria-hidden="true" className="shrink-0" />
      <span className="min-w-0 flex-1 py-2">
        <span className="font-strong break-all">{attachment.name}</span>{" "}
        <span className="text-ink-2">{format.size(attachment.size)}</span>
        {isUploading && <span className="ear-only">{t("file.uploading")}</span>}
        {attachment.state === "tooLarge" && (
          <span className="block text-bad">{t("file.tooLarge", { limit: format.size(largestFile) })}</span>
        )}
        {attachment.state === "failed" && (
          <span className="block text-bad">{sentencesOf(attachment.error, t).happened}</span>
        )}
      </span>
      {attachment.state === "failed" && (
        <IconButton icon={RotateCcw} label={t("problem.again")} onClick={() => onRetry(attachment.file)} />
      )}
      <IconButton icon={X} label={t("file.remove", { name: attachment.name })} onClick={onRemove} />
    </div>
  );
}
