import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { beginCoin, type CoinSetup } from "../../../../skills/wallet/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { useCoinChange } from "../queries.ts";
import { CoinRefusal } from "../refusal.tsx";

/** Makes the ledger; what is still missing is said instead of a button that cannot be pressed. */
export function BeginCard({ coin }: { coin: CoinSetup }) {
  const { t } = useText();
  const refresh = useCoinChange();
  const [isAsking, setAsking] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const beginning = useMutation({
    mutationFn: () => call(beginCoin, { body: { revision: coin.revision } }),
    onSuccess: async () => {
      setAsking(false);
      await refresh();
    },
  });
  const lacking = (council: "governors" | "attestors", needed: number) =>
    needed - coin.council.filter((one) => one.council === council).length;
  const missing = [
    { council: "governors" as const, count: lacking("governors", coin.governorsNeeded) },
    { council: "attestors" as const, count: lacking("attestors", coin.attestorsNeeded) },
  ].filter(({ count }) => count > 0);
  return (
    <Card title={t("coin.begin.title", { name: coin.name })}>
      <p className="max-w-[66ch] text-small text-ink-2">{t("coin.begin.text")}</p>
      <div className="mt-4 grid gap-2">
        {missing.map(({ council, count }) => (
          <p key={council}>
            <StateLine kind="warn">{t(`coin.begin.missing.${council}`, { count })}</StateLine>
          </p>
        ))}
        {missing.length === 0 && (
          <Button variant="primary" className="justify-self-start" onClick={() => setAsking(true)}>
            {t("coin.begin.do")}
          </Button>
        )}
      </div>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("coin.begin.question", { name: coin.name })}
        closeLabel={t("close")}
        focusFirst={safe}
      >
        <p>{t("coin.begin.fixed")}</p>
        <CoinRefusal error={beginning.error} />
        <Answers
          safe={{ label: t("cancel"), onClick: () => setAsking(false), ref: safe }}
          act={{
            label: t("coin.begin.do"),
            busy: beginning.isPending,
            onClick: () => beginning.mutate(),
          }}
        />
      </Dialog>
    </Card>
  );
}
