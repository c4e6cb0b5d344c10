import { Link } from "@tanstack/react-router";
import type { FlowSummary } from "../../../skills/service/api.ts";
import { Tag } from "../../ui/tag.tsx";
import { useTopicTitle } from "../knowledge/use-topic-title.ts";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";

/** Each flow with its state, what begins it, and how many examples guard it. */
export function FlowTable({ flows }: { flows: readonly FlowSummary[] }) {
  const { t } = useText();
  return (
    <section aria-label={t("flows.title")} className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
      <h2 className="mb-3 text-h2">{t("flows.count", { count: flows.length })}</h2>
      <table className="w-full text-desk">
        <thead>
          <tr className="border-b-[1.5px] border-ink text-left text-small">
            <th className="py-2 pr-3 font-strong">{t("flows.name")}</th>
            <th className="hidden px-3 py-2 font-strong sm:table-cell">{t("flows.begins")}</th>
            <th className="hidden px-3 py-2 text-right font-strong sm:table-cell">{t("flows.examples")}</th>
            <th className="hidden py-2 pl-3 text-right font-strong md:table-cell">{t("flows.changed")}</th>
          </tr>
        </thead>
        <tbody>
          {flows.map((flow) => (
            <FlowRow key={flow.id} flow={flow} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FlowRow({ flow }: { flow: FlowSummary }) {
  const { t, language, format } = useText();
  const now = useNow();
  const titleOf = useTopicTitle();
  return (
    <tr className="h-(--ah-row) border-b border-line align-top">
      <td className="py-2 pr-3">
        <Link
          to="/knowledge/flows/$flow"
          params={{ flow: String(flow.id) }}
          className="font-strong text-ink underline-offset-4 hover:underline"
        >
          {flow.title[language] || flow.title.de || flow.title.en || flow.name}
        </Link>
        <span className="mt-0.5 flex flex-wrap items-center gap-2 text-tiny text-ink-2">
          <code className="font-mono">{flow.name}</code>
          <FlowState flow={flow} />
        </span>
      </td>
      <td className="hidden px-3 py-2 text-small text-ink-2 sm:table-cell">
        {flow.topics.length > 0 ? flow.topics.map(titleOf).join(", ") : t("flows.byWords")}
      </td>
      <td className="hidden px-3 py-2 text-right sm:table-cell">{format.number(flow.examples)}</td>
      <td className="hidden py-2 pl-3 text-right text-small whitespace-nowrap text-ink-2 md:table-cell">
        {format.moment(flow.changedAt, now)}
      </td>
    </tr>
  );
}

function FlowState({ flow: { liveVersion, isChanged, faults } }: { flow: FlowSummary }) {
  const { t } = useText();
  return (
    <>
      {liveVersion === null ? (
        <Tag kind="off">{t("flows.draft")}</Tag>
      ) : (
        <Tag kind="ok">{t("flows.live", { version: liveVersion })}</Tag>
      )}
      {isChanged && <Tag kind="info">{t("flows.ahead")}</Tag>}
      {faults > 0 && <Tag kind="warn">{t("flows.faults", { count: faults })}</Tag>}
    </>
  );
}
