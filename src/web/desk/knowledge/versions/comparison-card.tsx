import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import type { compareVersion } from "../../../../skills/service/api.ts";
import { Card } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { ProgressLine } from "../../../ui/progress.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { Said } from "../said.tsx";
import { comparisonQuery } from "../teaching-queries.ts";

type Comparison = ReplyOf<typeof compareVersion>;
type Difference = Comparison["differences"][number];
type Kind = Difference["kind"];

/** What the version would have answered differently on messages of the past, word for word. */
export function ComparisonCard({ id }: { id: number }) {
  const { t } = useText();
  const comparison = useQuery(comparisonQuery(id));
  const data = comparison.data;
  return (
    <Card
      title={t("compare.title", { draft: String(id), live: String(data?.live ?? "…") })}
      aside={data && t("compare.aside", { count: data.compared })}
    >
      <FailureRows error={comparison.error} />
      {comparison.isPending && (
        <>
          <p role="status">{t("compare.running")}</p>
          <ProgressLine share={null} label={t("compare.running")} />
        </>
      )}
      {data?.compared === 0 && <p role="status">{t("compare.nothing")}</p>}
      {data && data.compared > 0 && (
        <>
          <p role="status" className="text-h2">
            {t("compare.different", { count: data.compared - data.same })}
            <span className="text-small font-text text-ink-2">
              {" "}
              · {t("compare.same", { count: data.same })}
            </span>
          </p>
          <Zones zones={data.zones} />
          <Differences comparison={data} />
        </>
      )}
    </Card>
  );
}

function Zones({ zones }: { zones: Comparison["zones"] }) {
  const { t, format } = useText();
  return (
    <table className="mt-3 w-full max-w-[480px] text-desk">
      <thead>
        <tr className="border-b-[1.5px] border-ink text-small">
          <th className="py-2 text-left font-strong">{t("compare.zone")}</th>
          <th className="py-2 text-right font-strong">{t("compare.now")}</th>
          <th className="py-2 text-right font-strong">{t("compare.then")}</th>
        </tr>
      </thead>
      <tbody>
        {(["answer", "choose", "handover"] as const).map((zone) => (
          <tr key={zone} className="border-b border-line">
            <td className="py-1.5">{t(`compare.zone.${zone}`)}</td>
            <td className="text-right">{format.number(zones.live[zone])}</td>
            <td className="text-right font-strong">{format.number(zones.draft[zone])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const kinds: readonly Kind[] = ["topic", "zone", "words"];

function Differences({ comparison }: { comparison: Comparison }) {
  const { t } = useText();
  const [kind, setKind] = useState<Kind | "all">("all");
  const { differences, more } = comparison;
  const shown = differences.filter((one) => kind === "all" || one.kind === kind);
  if (differences.length === 0) return <p className="mt-4 text-ink-2">{t("compare.none")}</p>;
  return (
    <div className="mt-5 grid gap-3">
      <Choice<Kind | "all">
        label={t("compare.filter")}
        value={kind}
        options={[
          { value: "all", label: `${t("compare.all")} (${differences.length})` },
          ...kinds.map((one) => ({
            value: one,
            label: `${t(`compare.kind.${one}`)} (${differences.filter((each) => each.kind === one).length})`,
          })),
        ]}
        onChange={setKind}
      />
      <ul className="divide-y divide-line border-t-[1.5px] border-ink">
        {shown.map((difference) => (
          <DifferenceRow
            key={`${difference.conversationId} ${difference.at} ${difference.text}`}
            difference={difference}
          />
        ))}
      </ul>
      {more > 0 && <p className="text-small text-ink-2">{t("compare.more", { count: more })}</p>}
    </div>
  );
}

function DifferenceRow({ difference }: { difference: Difference }) {
  const { t } = useText();
  const { text, language, live, draft, conversationId, kind } = difference;
  return (
    <li className="grid gap-x-6 gap-y-1 py-3 lg:grid-cols-[1.2fr_1fr_1fr]">
      <p lang={language} className="font-strong wrap-anywhere">
        <Link
          to="/conversations/$id"
          params={{ id: conversationId }}
          className="underline-offset-4 hover:underline"
        >
          {text}
        </Link>
      </p>
      <SideText label={t("compare.now")} side={live} withWords={kind === "words"} />
      <SideText label={t("compare.then")} side={draft} withWords={kind === "words"} />
    </li>
  );
}

function SideText({
  label,
  side,
  withWords,
}: {
  label: string;
  side: Difference["live"];
  withWords: boolean;
}) {
  const { t } = useText();
  return (
    <div className="min-w-0 text-small wrap-anywhere">
      <span className="text-ink-2">{label}: </span>
      <span className="font-strong">{t(`compare.zone.${side.zone}`)}</span>
      {side.topics.length > 0 && <> · {side.topics.join(", ")}</>}
      {withWords && (
        <div className="mt-1 whitespace-pre-line text-ink-2">
          <Said text={side.text} />
        </div>
      )}
    </div>
  );
}
