import { useQueryClient } from "@tanstack/react-query";
import type { Message } from "#kernel/api";
import { useText } from "../../text/use-text.ts";
import { conversationKeys, type Pages } from "../queries.ts";

const filesShown = 8;

interface TickProps {
  label: string;
  help?: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

export function Tick({ label, help, checked, onChange }: TickProps) {
  return (
    <label className="flex min-h-6 cursor-pointer items-start gap-2.5 text-desk">
      <input
        type="checkbox"
        className="mt-1 size-4 shrink-0 accent-(--ah-accent)"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {help && <span className="block text-small text-ink-2">{help}</span>}
      </span>
    </label>
  );
}

/** The newest files that stand in the log as it is loaded. */
export function FileChoice({
  id,
  chosen,
  onChange,
}: {
  id: number;
  chosen: readonly string[];
  onChange(chosen: string[]): void;
}) {
  const { t, format } = useText();
  const loaded = useQueryClient().getQueryData<Pages<Message>>(conversationKeys.messages(id));
  const files = (loaded?.pages ?? [])
    .flatMap(({ items }) => items)
    .flatMap(({ media, revoked }) => (media?.fileId && !revoked ? [{ ...media, fileId: media.fileId }] : []))
    .slice(-filesShown);
  if (files.length === 0) return null;
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 text-small font-strong">{t("ask.files")}</legend>
      {files.map(({ fileId, name, size, mime }) => (
        <Tick
          key={fileId}
          label={[name ?? mime, size === null ? "" : format.size(size)].filter(Boolean).join(" · ")}
          checked={chosen.includes(fileId)}
          onChange={(isChosen) =>
            onChange(isChosen ? [...chosen, fileId] : chosen.filter((one) => one !== fileId))
          }
        />
      ))}
    </fieldset>
  );
}
