import { Link } from "@tanstack/react-router";
import type { CoinSetup } from "../../../skills/wallet/api.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";
import { useMoney } from "./money.ts";

type Ledger = NonNullable<CoinSetup["ledger"]>;

/** Which statements the reserve was attested by. */
export function AttestationsCard({ coin, ledger }: { coin: CoinSetup; ledger: Ledger }) {
  const { t, format } = useText();
  const money = useMoney();
  const [current] = ledger.attested;
  const isOld = current ? current.statedAt + ledger.attestationLasts <= ledger.time : false;
  return (
    <Card title={t("coin.attestations")}>
      {coin.attestations.length === 0 && <p className="text-ink-2">{t("coin.noAttestation")}</p>}
      {coin.attestations.length > 0 && (
        <table className="w-full text-small">
          <thead>
            <tr className="border-b-[1.5px] border-ink text-left">
              <th className="py-2">{t("coin.date")}</th>
              <th className="py-2 text-right">{t("coin.amount")}</th>
              <th className="hidden py-2 pl-6 sm:table-cell">{t("coin.checksum")}</th>
              <th className="py-2 pl-4 text-right">{t("coin.standing")}</th>
            </tr>
          </thead>
          <tbody>
            {coin.attestations.map(({ statedAt, amount, statement }) => {
              const isCurrent = current?.statement === statement && current.statedAt === statedAt;
              const standing = isCurrent ? (isOld ? "old" : "valid") : "replaced";
              const kind = { old: "warn", valid: "ok", replaced: "past" } as const;
              return (
                <tr key={`${statedAt} ${statement}`} className="border-b border-line">
                  <td className="py-3">{format.date(new Date(statedAt).toISOString())}</td>
                  <td className="py-3 text-right font-strong">{money.euro(amount)}</td>
                  <td className="hidden py-3 pl-6 sm:table-cell">
                    <code className="font-mono text-tiny" title={statement}>
                      {shortHash(statement)}
                    </code>
                  </td>
                  <td className="py-3 pl-4 text-right">
                    <Tag kind={kind[standing]}>{t(`coin.standing.${standing}`)}</Tag>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <Link to="/coin/proposals" className={`${buttonClass()} mt-4`}>
        {t("coin.attest")}
      </Link>
    </Card>
  );
}

/** "b41c … 09ae": enough to compare by eye; the whole stands in the title. */
export const shortHash = (hash: string): string => `${hash.slice(0, 4)} … ${hash.slice(-4)}`;
