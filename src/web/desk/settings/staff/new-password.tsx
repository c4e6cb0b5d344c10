import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { renewPassword, type StaffMember } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { OneTimePassword } from "./one-time-password.tsx";

/** For colleagues who forgot theirs: a new one-time password, shown once. */
export function NewPassword({ member }: { member: StaffMember }) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const renewing = useMutation({ mutationFn: () => call(renewPassword, { params: { id: member.id } }) });
  const close = () => {
    setOpen(false);
    renewing.reset();
  };
  return (
    <>
      <button
        type="button"
        aria-label={t("staff.renewOf", { name: member.name })}
        onClick={() => setOpen(true)}
        className="min-h-6 text-tiny font-strong text-accent-text underline-offset-4 hover:underline coarse:min-h-10"
      >
        {t("staff.renew")}
      </button>
      <Dialog
        isOpen={isOpen}
        onClose={close}
        title={t("staff.renewOf", { name: member.name })}
        closeLabel={t("close")}
        focusFirst={safe}
      >
        {renewing.data ? (
          <OneTimePassword password={renewing.data.oneTimePassword} />
        ) : (
          <>
            <p>{t("staff.renewText")}</p>
            <FailureRows error={renewing.error} />
            <Answers
              safe={{ label: t("cancel"), onClick: close, ref: safe }}
              act={{ label: t("staff.renewAct"), onClick: () => renewing.mutate(), busy: renewing.isPending }}
            />
          </>
        )}
      </Dialog>
    </>
  );
}
