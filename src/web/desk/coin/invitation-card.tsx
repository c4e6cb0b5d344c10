import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type CoinSetup, inviteCustomer } from "../../../skills/wallet/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { CopyRow } from "../../ui/copy-row.tsx";
import { TextField } from "../../ui/field.tsx";
import { QrCode } from "../../ui/qr-code.tsx";
import { useText } from "../text/use-text.ts";
import { CoinRefusal } from "./refusal.tsx";

/** A code at the counter: the customer's own camera opens it, and a wallet is there. */
export function InvitationCard({ coin, onMade }: { coin: CoinSetup; onMade(invitation: string): void }) {
  const { t, format } = useText();
  const [label, setLabel] = useState("");
  const inviting = useMutation({
    mutationFn: () => call(inviteCustomer, { body: { label: label.trim() } }),
    onSuccess: ({ invitation }) => onMade(invitation),
  });
  const made = inviting.data;
  return (
    <Card title={t("coin.invite")}>
      <p className="mb-4 max-w-[66ch] text-small text-ink-2">{t("coin.inviteText", { name: coin.name })}</p>
      <div className="grid gap-4">
        {made && (
          <>
            <QrCode
              text={made.link}
              label={t("coin.inviteCode")}
              className="w-64 max-w-full justify-self-center"
            />
            <CopyRow
              label={t("coin.inviteLink")}
              value={made.link}
              words={{ copy: t("copy"), copied: t("copied") }}
            />
            <p className="text-small text-ink-2">
              {t("coin.inviteUntil", { date: format.date(made.expiresAt) })}
            </p>
          </>
        )}
        <TextField
          label={t("coin.inviteLabel")}
          help={t("coin.inviteLabelHelp")}
          maxLength={60}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <CoinRefusal error={inviting.error} />
        <Button className="justify-self-start" busy={inviting.isPending} onClick={() => inviting.mutate()}>
          {t(made ? "coin.inviteAgain" : "coin.inviteDo")}
        </Button>
      </div>
    </Card>
  );
}
