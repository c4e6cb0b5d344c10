import type { ReplyOf } from "#kernel/api";
import type { importKnowledge } from "../../../skills/service/api.ts";
import { StateLine } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";

/** What came in, and each line that did not, with its reason. */
export function ImportReport({ report }: { report: ReplyOf<typeof importKnowledge> }) {
  const { t, format } = useText();
  const { topics, examples, answers, placeholders, skipped } = report;
  return (
    <div className="grid gap-4">
      <p>
        <StateLine kind={skipped.length > 0 ? "warn" : "ok"}>
          {t("files.imported", { topics, examples, answers })}
          {placeholders > 0 && ` ${t("files.placeholders", { count: placeholders })}`}
        </StateLine>
      </p>
      {skipped.length > 0 && (
        <table className="w-full text-small">
          <caption className="mb-1 text-left font-strong">
            {t("files.skipped", { count: skipped.length })}
          </caption>
          <thead>
            <tr className="border-b-[1.5px] border-ink text-left">
              <th className="w-20 py-1 font-strong">{t("files.line")}</th>
              <th className="py-1 font-strong">{t("files.reason")}</th>
            </tr>
          </thead>
          <tbody>
            {skipped.map(({ line, reason }) => (
              <tr key={`${line} ${reason}`} className="border-b border-line">
                <td className="py-1">{format.number(line)}</td>
                <td className="py-1">{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
