import { Download, Radio, Sparkles, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import type { Flow, FlowCheck } from "../../../skills/service/api.ts";
import { Button } from "../../ui/button.tsx";
import { Answers, Dialog } from "../../ui/dialog.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { Tag } from "../../ui/tag.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import type { useFlowSaving } from "./use-flow-saving.ts";

interface BarProps {
  flow: Flow | null;
  text: string;
  isSaved: boolean;
  /** Somebody else saved meanwhile: the writer decides first. */
  isBehind: boolean;
  /** Of this very text; undefined while it is being checked. */
  check: FlowCheck | undefined;
  mayWrite: boolean;
  doings: ReturnType<typeof useFlowSaving>;
  onText(text: string): void;
}

/** Nothing to do here just now. */
const off = "disabled:opacity-50";

/** Save, live, tidy, take away. */
export function EditorBar({ flow, text, isSaved, isBehind, check, mayWrite, doings, onText }: BarProps) {
  const { t } = useText();
  const isSound = check?.faults.length === 0 && check.examples.every(({ misses }) => misses.length === 0);
  const isLive = flow !== null && flow.liveVersion !== null && isSaved && !flow.isChanged;
  return (
    <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-2 border-t border-line bg-ground px-4 py-3 lg:-mx-8 lg:px-8">
      {mayWrite && (
        <>
          <Button
            variant="primary"
            className={off}
            icon={Radio}
            busy={doings.publishing.isPending}
            disabled={!isSound || isLive || isBehind}
            onClick={() => doings.publishing.mutate(text)}
          >
            {t("flow.publish")}
          </Button>
          <Button
            className={off}
            busy={doings.saving.isPending}
            disabled={isSaved || isBehind}
            onClick={() => doings.saving.mutate(text)}
          >
            {t("flow.save")}
          </Button>
          <Button
            className={off}
            icon={Sparkles}
            disabled={
              !check ||
              check.formatted === text ||
              check.faults.some(({ code }) => code === "tooLong" || code === "notText")
            }
            onClick={() => check && onText(check.formatted)}
          >
            {t("flow.tidy")}
          </Button>
        </>
      )}
      <Button
        icon={Download}
        onClick={() => saveFile(`${check?.name || flow?.name || "flow"}.flow`, text, "text/plain")}
      >
        {t("flow.asFile")}
      </Button>
      {mayWrite && flow && flow.liveVersion === null && (
        <RemoveFlow
          onRemove={() => doings.removing.mutate()}
          isBusy={doings.removing.isPending}
          error={doings.removing.error}
        />
      )}
      <p className="ml-auto text-small text-ink-2" aria-live="polite">
        {isLive && flow && <Tag kind="ok">{t("flows.live", { version: flow.liveVersion ?? 0 })}</Tag>}
        {mayWrite && !isSaved ? t("flow.unsaved") : ""}
        {mayWrite && isSaved && !isSound ? t("flow.mustBeSound") : ""}
      </p>
    </div>
  );
}

function RemoveFlow({ onRemove, isBusy, error }: { onRemove(): void; isBusy: boolean; error: unknown }) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
        {t("flow.remove")}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("flow.removeTitle")}
        closeLabel={t("close")}
        focusFirst={keep}
      >
        <p>{t("flow.removeText")}</p>
        <FailureRows error={error} />
        <Answers
          safe={{ label: t("flow.keep"), onClick: () => setAsking(false), ref: keep }}
          act={{ label: t("flow.remove"), onClick: onRemove, busy: isBusy, danger: true }}
        />
      </Dialog>
    </>
  );
}
