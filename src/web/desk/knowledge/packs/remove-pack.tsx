import { useRef, useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { useText } from "../../text/use-text.ts";

interface Props {
  title: Readonly<Record<"de" | "en", string>>;
  busy: boolean;
  onRemove(): void;
}

/** Asks before a pack goes, and says what stays. */
export function RemovePack({ title, busy, onRemove }: Props) {
  const { t, language } = useText();
  const [isOpen, setOpen] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  const close = () => setOpen(false);
  return (
    <>
      <Button variant="danger" busy={busy} onClick={() => setOpen(true)} type="button">
        {t("pack.remove")}
      </Button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={t("pack.removeAsk", { title: title[language] })}
        closeLabel={t("close")}
        focusFirst={keep}
      >
        <p>{t("pack.removeText")}</p>
        <Answers
          safe={{ label: t("pack.keep"), onClick: close, ref: keep }}
          act={{
            label: t("pack.remove"),
            danger: true,
            onClick: () => {
              close();
              onRemove();
            },
          }}
        />
      </Dialog>
    </>
  );
}
