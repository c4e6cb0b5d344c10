import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";

/** Why some did not get it, the most frequent first. */
export function Reasons({ reasons }: { reasons: Readonly<Record<string, number>> }) {
  const { t, format } = useText();
  const rows = Object.entries(reasons).sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return null;
  return (
    <Card title={t("notices.reasons")}>
      <table className="w-full text-desk">
        <thead>
          <tr className="border-b-[1.5px] border-ink text-left text-small">
            <th className="py-2 pr-3 font-strong">{t("files.reason")}</th>
            <th className="py-2 pl-3 text-right font-strong">{t("notices.personsHead")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([reason, count]) => (
            <tr key={reason} className="h-(--ah-row) border-b border-line">
              <td className="py-1.5 pr-3 wrap-anywhere">{t.maybe(`notices.reason.${reason}`) ?? reason}</td>
              <td className="pl-3 text-right">{format.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
