import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import {
  deleteTelephoneLine,
  renewTelephoneLine,
  type TelephoneLine,
} from "../../../../skills/telephone/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { CopyRow } from "../../../ui/copy-row.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";

/** One telephone system: when it spoke last, where it delivers, and how to make that void. */
export function LineRow({ line, mayChange }: { line: TelephoneLine; mayChange: boolean }) {
  const { t, format } = useText();
  const now = useNow();
  const { kind, name, heardAt, fault, address, signatureKey } = line;
  const copy = { copy: t("phone.copy"), copied: t("phone.copied") };
  return (
    <li className="grid gap-3 rounded-2 border border-line bg-ground p-4">
      <div>
        <h3 className="wrap-anywhere">
          {name} <span className="text-small font-text text-ink-2">{t(`phone.kind.${kind}`)}</span>
        </h3>
        <p className="text-small">
          <StateLine kind={fault ? "bad" : heardAt ? "ok" : "plain"}>
            {fault
              ? t(`phone.fault.${fault}`)
              : heardAt
                ? t("phone.heard", { when: format.moment(heardAt, now) })
                : t("phone.silent")}
          </StateLine>
        </p>
      </div>
      {address ? (
        <>
          <p className="text-small text-ink-2">{t(`phone.howTo.${kind}`)}</p>
          <CopyRow label={t("phone.address")} value={address} words={copy} />
          {signatureKey && <CopyRow label={t("phone.key")} value={signatureKey} words={copy} />}
        </>
      ) : (
        <p className="text-small text-ink-2">{t("phone.forManagers")}</p>
      )}
      {mayChange && <Deeds line={line} />}
    </li>
  );
}

function Deeds({ line: { id, name } }: { line: TelephoneLine }) {
  const { t } = useText();
  const client = useQueryClient();
  const keep = useRef<HTMLButtonElement>(null);
  const [isAsking, setAsking] = useState(false);
  const done = (text: string) => {
    setAsking(false);
    void client.invalidateQueries({ queryKey: ["callbacks", "telephone"] });
    showToast({ text });
  };
  const params = { id };
  const renewing = useMutation({
    mutationFn: () => call(renewTelephoneLine, { params }),
    onSuccess: () => done(t("phone.renewed")),
  });
  const removing = useMutation({
    mutationFn: () => call(deleteTelephoneLine, { params }),
    onSuccess: () => done(t("phone.removed", { name })),
  });
  return (
    <>
      <div className="flex flex-wrap gap-2">
        <Button busy={renewing.isPending} onClick={() => renewing.mutate()}>
          {t("phone.renew")}
        </Button>
        <Button variant="danger" onClick={() => setAsking(true)}>
          {t("phone.remove")}
        </Button>
      </div>
      <FailureRows error={renewing.error ?? removing.error} />
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("phone.removeAsk", { name })}
        closeLabel={t("close")}
        focusFirst={keep}
      >
        <p>{t("phone.removeText")}</p>
        <Answers
          safe={{ label: t("cancel"), onClick: () => setAsking(false), ref: keep }}
          act={{
            label: t("phone.remove"),
            onClick: () => removing.mutate(),
            busy: removing.isPending,
            danger: true,
          }}
        />
      </Dialog>
    </>
  );
}
