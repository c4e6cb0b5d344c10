import { Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Answers, Dialog } from "../../ui/dialog.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

interface RemoveProps {
  /** What happens: on the button, and as the answer. */
  label: string;
  /** The question. */
  title: string;
  text: string;
  keep: string;
  error: unknown;
  isBusy: boolean;
  onRemove(): void;
}

/** Asks before something is gone for good. */
export function RemoveButton({ label, title, text, keep, error, isBusy, onRemove }: RemoveProps) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const close = () => setAsking(false);
  return (
    <>
      <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Dialog isOpen={isAsking} onClose={close} title={title} closeLabel={t("close")} focusFirst={safe}>
        <p>{text}</p>
        <FailureRows error={error} />
        <Answers
          safe={{ label: keep, onClick: close, ref: safe }}
          act={{ label, onClick: onRemove, busy: isBusy, danger: true }}
        />
      </Dialog>
    </>
  );
}
