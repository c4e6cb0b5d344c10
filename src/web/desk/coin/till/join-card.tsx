import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { acceptMembership } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";

/** A company takes a coin by the code that the association gave it. */
export function JoinCard({ isOpening }: { isOpening: boolean }) {
  const { t } = useText();
  const { role } = useMe();
  if (isOpening)
    return (
      <p role="status">
        <StateLine kind="info">{t("till.opening")}</StateLine>
      </p>
    );
  if (role !== "owner")
    return (
      <Statement drawing={<LighthouseDrawing className="w-[270px] max-w-full" />} title={t("till.none")}>
        {t("till.noneText")}
      </Statement>
    );
  return <Join />;
}

function Join() {
  const { t } = useText();
  const refresh = useCoinChange();
  const [fields, setFields] = useState({ invitation: "", redeemHolder: "", redeemIban: "" });
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const joining = useMutation({
    mutationFn: () => call(acceptMembership, { body: { ...fields, invitation: fields.invitation.trim() } }),
    onSuccess: refresh,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    joining.mutate();
  };
  return (
    <Card title={t("till.join")} className="mx-auto max-w-[560px]">
      <p className="mb-4 text-small text-ink-2">{t("till.joinText")}</p>
      <form onSubmit={submit} className="grid gap-4">
        <TextField
          label={t("till.invitation")}
          isCode
          required
          autoComplete="off"
          value={fields.invitation}
          onChange={(event) => set({ invitation: event.target.value })}
        />
        <TextField
          label={t("till.redeemHolder")}
          required
          maxLength={70}
          value={fields.redeemHolder}
          onChange={(event) => set({ redeemHolder: event.target.value })}
        />
        <TextField
          label={t("till.redeemIban")}
          help={t("till.redeemIbanHelp")}
          required
          maxLength={42}
          value={fields.redeemIban}
          onChange={(event) => set({ redeemIban: event.target.value })}
        />
        <CoinRefusal error={joining.error} />
        <Button type="submit" variant="primary" className="justify-self-start" busy={joining.isPending}>
          {t("till.joinDo")}
        </Button>
      </form>
    </Card>
  );
}
