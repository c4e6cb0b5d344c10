import { listStatements, type Statement } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { Failure } from "../shell/failure.tsx";
import { usePages } from "../shell/paged-list.tsx";
import { useText } from "../text/use-text.ts";
import { payKeys } from "./queries.ts";
import { useMoney } from "./use-money.ts";

const pageSize = 10;

/** "24.11.2026", or from the first day to the last. */
export function useSpan(): (statement: Statement) => string {
  const { format } = useText();
  return ({ fromOn, toOn }) =>
    fromOn === null || fromOn === toOn ? format.date(toOn) : `${format.date(fromOn)} – ${format.date(toOn)}`;
}

/** What was noticed: a gap, entries twice, an older one. */
export function StatementNotes({ notes }: Pick<Statement, "notes">) {
  const { t } = useText();
  return notes.map((note) => (
    <p key={note} className="text-small">
      <StateLine kind="warn">{t(`pay.note.${note}`)}</StateLine>
    </p>
  ));
}

/** Statements that were brought in, the newest first. */
export function StatementsCard() {
  const { t } = useText();
  const money = useMoney();
  const spanOf = useSpan();
  const list = usePages({
    key: payKeys.statements,
    load: (cursor, signal) => call(listStatements, { query: { cursor, limit: pageSize } }, signal),
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t("pay.statements")}>
      {list.isPending && <Waiting rows={3} label={t("pay.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("pay.notLoaded")} retry={() => void list.refetch()} />
      )}
      {list.isSuccess && items.length === 0 && <p className="text-ink-2">{t("pay.noStatements")}</p>}
      {items.length > 0 && (
        <ul className="divide-y divide-line border-t-[1.5px] border-ink">
          {items.map((one) => (
            <li key={one.id} className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 py-3">
              <div className="min-w-0">
                <p className="font-strong">{spanOf(one)}</p>
                <p className="text-small wrap-anywhere text-ink-2">
                  {[one.externalId, one.iban, t("pay.countEntries", { count: one.entries })].join(" · ")}
                </p>
                <StatementNotes notes={one.notes} />
              </div>
              <p className="text-right whitespace-nowrap">
                <span className="block text-small text-ink-2">{t("pay.closing")}</span>
                <span className="font-strong tabular-nums">{money(one.closingMinor, one.currency)}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button className="mt-3" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("list.more")}
        </Button>
      )}
    </Card>
  );
}
