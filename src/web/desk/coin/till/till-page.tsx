import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TillMembership } from "../../../../skills/wallet/api.ts";
import { Waiting } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { tillQuery } from "../queries.ts";
import { JoinCard } from "./join-card.tsx";
import { Pad } from "./pad.tsx";
import { Shown } from "./shown.tsx";
import { TillFrame } from "./till-frame.tsx";

/** The till: an amount, a code, paid. */
export function TillPage() {
  const { t } = useText();
  const asked = useQuery(tillQuery);
  const open = asked.data?.items.filter(({ state }) => state === "open") ?? [];
  const [chosen, setChosen] = useState<number | null>(null);
  const member = open.find(({ id }) => id === chosen) ?? open[0];
  return (
    <TillFrame title={t("till.title")} subtitle={t("till.subtitle")}>
      {asked.isPending && <Waiting rows={4} label={t("till.loading")} />}
      {asked.error && !asked.data && (
        <Failure error={asked.error} title={t("till.notLoaded")} retry={() => void asked.refetch()} />
      )}
      {asked.data && !member && <JoinCard isOpening={asked.data.items.length > 0} />}
      {open.length > 1 && member && (
        <SelectField
          label={t("till.coin")}
          className="mb-5 max-w-80"
          value={String(member.id)}
          options={open.map(({ id, coin }) => ({ value: String(id), label: coin.name }))}
          onChange={(event) => setChosen(Number(event.target.value))}
        />
      )}
      {member && <Till key={member.id} member={member} />}
    </TillFrame>
  );
}

function Till({ member }: { member: TillMembership }) {
  const { t } = useText();
  const [shown, setShown] = useState<number | null>(null);
  return (
    <div className="mx-auto grid max-w-[460px] gap-4">
      {member.coin.legal === "play" && (
        <p>
          <StateLine kind="info">{t("till.playMoney")}</StateLine>
        </p>
      )}
      {shown === null ? (
        <Pad member={member} onAsked={setShown} />
      ) : (
        <Shown id={shown} symbol={member.coin.symbol} onNext={() => setShown(null)} />
      )}
    </div>
  );
}
