import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { type Courier, endCourierLink, makeCourierLink } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { CopyRow } from "../../../ui/copy-row.tsx";
import { Answers } from "../../../ui/dialog.tsx";
import { QrCode } from "../../../ui/qr-code.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { Refusal } from "./refusal.tsx";

/** The address of the courier's page: shown once, to copy, to scan or to print. */
export function CourierLink({ courier }: { courier: Courier }) {
  const { t } = useText();
  const params = { id: courier.id };
  // Asked here: it stands in a dialog already.
  const [isAsking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const making = useMutation({
    mutationFn: () => call(makeCourierLink, { params }),
    onSuccess: () => ending.reset(),
  });
  const ending = useMutation({
    mutationFn: () => call(endCourierLink, { params }),
    onSuccess: () => {
      making.reset();
      setAsking(false);
    },
  });
  const url = making.data?.url;
  return (
    <div className="grid gap-4">
      <p>{t("deliverySetup.link.text")}</p>
      {url && (
        <>
          <CopyRow
            label={t("deliverySetup.link.address")}
            value={url}
            words={{ copy: t("copy"), copied: t("copied") }}
          />
          <QrCode
            text={url}
            label={t("deliverySetup.link.code", { name: courier.name })}
            className="w-56 max-w-full justify-self-center"
          />
          <p className="text-small text-ink-2">{t("deliverySetup.link.once")}</p>
        </>
      )}
      {ending.isSuccess && <StateLine kind="off">{t("deliverySetup.link.ended")}</StateLine>}
      <Refusal error={making.error ?? ending.error} />
      <div className="flex flex-wrap gap-2">
        <Button
          variant={url ? "secondary" : "primary"}
          busy={making.isPending}
          onClick={() => making.mutate()}
        >
          {t(url ? "deliverySetup.link.again" : "deliverySetup.link.make")}
        </Button>
        {url && <Button onClick={() => window.print()}>{t("deliverySetup.link.print")}</Button>}
        {!isAsking && (
          <Button variant="danger" onClick={() => setAsking(true)}>
            {t("deliverySetup.link.end")}
          </Button>
        )}
      </div>
      {isAsking && (
        <div className="grid gap-1 border-t border-line pt-4">
          <p>{t("deliverySetup.link.endText", { name: courier.name })}</p>
          <Answers
            safe={{ label: t("deliverySetup.keepIt"), onClick: () => setAsking(false), ref: safe }}
            act={{
              label: t("deliverySetup.link.end"),
              onClick: () => ending.mutate(),
              busy: ending.isPending,
              danger: true,
            }}
          />
        </div>
      )}
    </div>
  );
}
