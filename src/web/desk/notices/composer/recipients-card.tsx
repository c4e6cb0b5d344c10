import { useQuery } from "@tanstack/react-query";
import type { ReplyOf } from "#kernel/api";
import type { countRecipients } from "../../../../skills/notices/api.ts";
import { Card, Waiting } from "../../../ui/card.tsx";
import { Tag, type TagKind } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { recipientsQuery } from "../queries.ts";

type Count = ReplyOf<typeof countRecipients>;
type Row = Count["items"][number];

const kinds: Record<Row["costClass"], TagKind> = {
  free: "ok",
  window: "ok",
  utility: "info",
  marketing: "info",
  blocked: "bad",
};

/** How many persons it would reach now, by channel and by what it costs. */
export function RecipientsCard({ id }: { id: number }) {
  const { t, format } = useText();
  const count = useQuery(recipientsQuery(id));
  const { data } = count;
  return (
    <Card title={t("notices.recipients")} aside={t("notices.recipientsAside")}>
      {count.isPending && <Waiting rows={2} label={t("notices.loading")} />}
      <FailureRows error={count.error} />
      {data && (
        <>
          <p className="font-head text-figure font-heavy">{t("notices.persons", { count: data.persons })}</p>
          {data.persons === 0 && <p className="text-ink-2">{t("notices.nobody")}</p>}
          {data.items.length > 0 && <Rows rows={data.items} />}
          {data.persons > 0 && (
            <p className="mt-2 text-small text-ink-2">
              {t("notices.takes", { span: format.span(data.seconds * 1_000) })}
            </p>
          )}
        </>
      )}
    </Card>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const { t, format } = useText();
  return (
    <table className="mt-2 w-full text-small">
      <thead>
        <tr className="border-b-[1.5px] border-ink text-left">
          <th className="py-1.5 pr-2 font-strong">{t("notices.channel")}</th>
          <th className="px-2 py-1.5 font-strong">{t("notices.cost")}</th>
          <th className="py-1.5 pl-2 text-right font-strong">{t("notices.personsHead")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={`${row.channel.id} ${row.language} ${row.costClass}`}
            className="h-10 border-b border-line align-top"
          >
            <td className="py-1.5 pr-2 wrap-anywhere">
              {row.channel.name}
              <span className="block text-tiny text-ink-2">{t(`language.${row.language}`)}</span>
            </td>
            <td className="px-2 py-1.5">
              <Tag kind={kinds[row.costClass]}>{t(`notices.cost.${row.costClass}`)}</Tag>
            </td>
            <td className="py-1.5 pl-2 text-right">
              {format.number(row.persons)}
              {row.digest > 0 && (
                <span className="block text-tiny text-ink-2">
                  {t("notices.digest", { count: row.digest })}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
