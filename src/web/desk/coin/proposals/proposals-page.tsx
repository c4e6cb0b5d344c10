import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CoinSetup, Proposal } from "../../../../skills/wallet/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { QuietDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { CoinFrame } from "../coin-frame.tsx";
import { coinQuery, proposalsQuery } from "../queries.ts";
import { ProposalCard } from "./proposal-card.tsx";
import { type ProposalKind, ProposeDialog, proposalKinds } from "./propose-dialog.tsx";

/** What was proposed to the councils: signed here, by the key of this browser. */
export function CoinProposalsPage() {
  const { t } = useText();
  const coin = useQuery(coinQuery).data;
  const asked = useQuery(proposalsQuery);
  const [kind, setKind] = useState<ProposalKind | null>(null);
  const items = asked.data?.items ?? [];
  const open = items.filter(({ state }) => state === "open");
  const over = items.filter(({ state }) => state !== "open");
  return (
    <CoinFrame title={t("coin.proposals")} subtitle={t("coin.proposalsText")}>
      {asked.isPending && <Waiting rows={4} label={t("coin.loading")} />}
      {asked.error && !asked.data && (
        <Failure error={asked.error} title={t("coin.notLoaded")} retry={() => void asked.refetch()} />
      )}
      {asked.data && coin?.ledger && (
        <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_22rem]">
          <div className="grid gap-5">
            {open.length === 0 && (
              <Statement
                drawing={<QuietDrawing className="w-[240px] max-w-full" />}
                title={t("coin.noProposals")}
              >
                {t("coin.noProposalsText")}
              </Statement>
            )}
            {open.map((one) => (
              <ProposalCard key={one.id} proposal={one} coin={coin} />
            ))}
            {over.length > 0 && <Past coin={coin} proposals={over} />}
          </div>
          <Card title={t("coin.propose")}>
            <ul className="grid gap-2">
              {proposalKinds.map((one) => (
                <li key={one}>
                  <Button className="w-full" onClick={() => setKind(one)}>
                    {t(`coin.propose.${one}`)}
                  </Button>
                </li>
              ))}
            </ul>
            <p className="mt-3 text-small text-ink-2">{t("coin.proposeText")}</p>
          </Card>
          {kind && <ProposeDialog kind={kind} coin={coin} onClose={() => setKind(null)} />}
        </div>
      )}
    </CoinFrame>
  );
}

function Past({ coin, proposals }: { coin: CoinSetup; proposals: readonly Proposal[] }) {
  const { t } = useText();
  return (
    <section aria-label={t("coin.decided")} className="grid gap-5">
      <h2 className="text-h2">{t("coin.decided")}</h2>
      {proposals.map((one) => (
        <ProposalCard key={one.id} proposal={one} coin={coin} />
      ))}
    </section>
  );
}
