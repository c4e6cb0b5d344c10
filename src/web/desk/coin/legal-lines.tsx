import type { Legal } from "../../../skills/wallet/api.ts";
import { useText } from "../text/use-text.ts";

/** What the law says to it, where it matters; the whole stands in docs/coin.md. No legal advice. */
export function LegalLines({ legal }: { legal: Legal }) {
  const { t } = useText();
  return (
    <div className="grid gap-1 border-l-2 border-line-strong pl-3 text-small text-ink-2">
      <p>{t(`coin.legalLine.${legal}`)}</p>
      {legal !== "play" && <p>{t("coin.legalLine.kyc")}</p>}
      <p>{t("coin.legalLine.advice")}</p>
    </div>
  );
}
