import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type CoinSetup, type ProposalContent, propose } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextArea } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";
import { AttestFields } from "./attest-fields.tsx";
import { BurnFields } from "./burn-fields.tsx";
import { CouncilFields } from "./council-fields.tsx";
import { FreezeFields, LimitFields, MintFields } from "./rule-fields.tsx";

export const proposalKinds = ["attest", "mint", "burn", "freeze", "limit", "council"] as const;
export type ProposalKind = (typeof proposalKinds)[number];

/** The part of the form that knows a kind: tells what is meant, or null while it is not whole. */
export interface FieldsProps {
  coin: CoinSetup;
  onChange(what: ProposalContent | null): void;
}

const fields = {
  attest: AttestFields,
  mint: MintFields,
  burn: BurnFields,
  freeze: FreezeFields,
  limit: LimitFields,
  council: CouncilFields,
} as const;

/** A proposal as somebody makes it; nothing happens before enough have signed. */
export function ProposeDialog({
  kind,
  coin,
  onClose,
}: {
  kind: ProposalKind;
  coin: CoinSetup;
  onClose(): void;
}) {
  const { t } = useText();
  const refresh = useCoinChange();
  const [key] = useState(() => crypto.randomUUID());
  const [what, setWhat] = useState<ProposalContent | null>(null);
  const [note, setNote] = useState("");
  const [isChecked, setChecked] = useState(false);
  const proposing = useMutation({
    mutationFn: (content: ProposalContent) => call(propose, { body: { key, what: content, note } }),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (what) proposing.mutate(what);
  };
  const Fields = fields[kind];
  return (
    <Dialog isOpen onClose={onClose} title={t(`coin.propose.${kind}`)} closeLabel={t("close")}>
      <form onSubmit={submit} className="grid gap-4">
        <Fields coin={coin} onChange={setWhat} />
        {kind !== "freeze" && (
          <TextArea
            label={t("coin.note")}
            rows={2}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
        {isChecked && !what && (
          <p role="alert">
            <StateLine kind="bad">{t("coin.notWhole")}</StateLine>
          </p>
        )}
        <CoinRefusal error={proposing.error} />
        <Button type="submit" variant="primary" className="justify-self-start" busy={proposing.isPending}>
          {t("coin.proposeDo")}
        </Button>
      </form>
    </Dialog>
  );
}
