import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { deleteDraft, type Quotation, type Version } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Answers, Dialog } from "../../ui/dialog.tsx";
import { useText } from "../text/use-text.ts";
import { Faults } from "./faults.tsx";
import { useBusinessChange } from "./queries.ts";

/** Throws a draft away; a number that was given stays. */
export function RemoveDraft({ quotation, draft }: { quotation: Quotation; draft: Version }) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const navigate = useNavigate();
  const change = useBusinessChange();
  const removing = useMutation({
    mutationFn: () => call(deleteDraft, { params: { id: quotation.id } }),
    onSuccess: () => {
      setAsking(false);
      if (quotation.number === null) void navigate({ to: "/business" });
      change();
    },
  });
  if (quotation.number !== null && draft.version === 1) return null;
  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>
        {t("business.removeDraft")}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("business.removeDraftTitle")}
        closeLabel={t("close")}
        focusFirst={safe}
      >
        <p>{t("business.removeDraftText")}</p>
        <Faults error={removing.error} />
        <Answers
          safe={{ label: t("cancel"), onClick: () => setAsking(false), ref: safe }}
          act={{
            label: t("business.removeDraft"),
            onClick: () => removing.mutate(),
            busy: removing.isPending,
            danger: true,
          }}
        />
      </Dialog>
    </>
  );
}
