import { type ReactNode, useRef, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { useText } from "../../text/use-text.ts";
import { Refusal } from "./refusal.tsx";

interface AskedEndProps {
  /** The button, and the answer that does it. */
  label: string;
  /** The question. */
  title: string;
  /** What comes of it. */
  children: ReactNode;
  ending: { isPending: boolean; error: unknown; mutate(): void };
}

/** Ends what cannot be taken back, after a question. */
export function AskedEnd({ label, title, children, ending }: AskedEndProps) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const close = () => setAsking(false);
  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>
        {label}
      </Button>
      <Dialog isOpen={isAsking} onClose={close} title={title} closeLabel={t("close")} focusFirst={safe}>
        <p>{children}</p>
        <Refusal error={ending.error} />
        <Answers
          safe={{ label: t("deliverySetup.keepIt"), onClick: close, ref: safe }}
          act={{ label, onClick: () => ending.mutate(), busy: ending.isPending, danger: true }}
        />
      </Dialog>
    </>
  );
}
