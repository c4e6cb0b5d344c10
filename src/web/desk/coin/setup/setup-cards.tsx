import type { CoinSetup } from "../../../../skills/wallet/api.ts";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { BeginCard } from "./begin-card.tsx";
import { CouncilCard } from "./council-card.tsx";
import { NameCard } from "./name-card.tsx";

/** From a name to a ledger, in the order in which it has to be done. */
export function SetupCards({ coin }: { coin: CoinSetup }) {
  const { t } = useText();
  const { role } = useMe();
  if (coin.state === "none" && role !== "owner")
    return (
      <Statement drawing={<LighthouseDrawing className="w-[270px] max-w-full" />} title={t("coin.none")}>
        {t("coin.noneText")}
      </Statement>
    );
  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <div className="grid gap-5">
        {role === "owner" && <NameCard coin={coin} />}
        {coin.state === "draft" && role === "owner" && <BeginCard coin={coin} />}
      </div>
      {coin.state === "draft" && <CouncilCard coin={coin} />}
    </div>
  );
}
