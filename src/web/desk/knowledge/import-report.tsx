import type { ReplyOf } from "#kernel/api";
import type { importKnowledge } from "../../../skills/service/api.ts";
import { StateLine } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";

/** What came in, and each line that did not, with its reason. */
export function ImportReport({ report }: { report: ReplyOf<typeof importKnowledge> }) {
  const { t } = useText();
  const { topics, examples, answers, placeholders, skipped, contradictions } = report;
  const isRefused = contradictions.length > 0;
  return (
    <div className="grid gap-4">
      <p>
        <StateLine kind={isRefused ? "bad" : skipped.length > 0 ? "warn" : "ok"}>
          {isRefused ? t("files.contradicted") : t("files.imported", { topics, examples, answers })}
          {placeholders > 0 && ` ${t("files.placeholders", { count: placeholders })}`}
        </StateLine>
      </p>
      <Lines
        caption={t("files.contradictions", { count: contradictions.length })}
        heading={t("files.topics")}
        lines={contradictions.map(({ line, ...rest }) => ({ line, words: t("files.contradiction", rest) }))}
      />
      <Lines
        caption={t("files.skipped", { count: skipped.length })}
        heading={t("files.reason")}
        lines={skipped.map(({ line, reason }) => ({ line, words: reason }))}
      />
    </div>
  );
}

interface LinesProps {
  caption: string;
  heading: string;
  lines: readonly { line: number; words: string }[];
}

function Lines({ caption, heading, lines }: LinesProps) {
  const { t, format } = useText();
  if (lines.length === 0) return null;
  return (
    <table className="w-full text-small">
      <caption className="mb-1 text-left font-strong">{caption}</caption>
      <thead>
        <tr className="border-b-[1.5px] border-ink text-left">
          <th className="w-20 py-1 font-strong">{t("files.line")}</th>
          <th className="py-1 font-strong">{heading}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ line, words }) => (
          <tr key={`${line} ${words}`} className="border-b border-line">
            <td className="py-1">{format.number(line)}</td>
            <td className="py-1 wrap-anywhere">{words}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
