import { useState } from "react";
import { listEntries } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Failure } from "../shell/failure.tsx";
import { usePages } from "../shell/paged-list.tsx";
import { useText } from "../text/use-text.ts";
import { EntryRow } from "./entry-row.tsx";
import { freshMs, payKeys } from "./queries.ts";

const states = ["todo", "matched", "dismissed"] as const;
type Shown = (typeof states)[number];

/** Entries of the account: those that wait for a person, and what became of the others. */
export function EntriesList() {
  const { t } = useText();
  const [shown, setShown] = useState<Shown>("todo");
  const list = usePages({
    key: [...payKeys.entries, shown],
    load: (cursor, signal) => call(listEntries, { query: { cursor, state: shown } }, signal),
    freshMs,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Card title={t("pay.entries")}>
      <SelectField
        label={t("pay.show")}
        className="mb-3 w-full sm:w-60"
        value={shown}
        options={states.map((value) => ({ value, label: t(`pay.entries.${value}`) }))}
        onChange={(event) => setShown(event.target.value as Shown)}
      />
      {list.isPending && <Waiting rows={4} label={t("pay.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("pay.notLoaded")} retry={() => void list.refetch()} />
      )}
      {list.isSuccess && items.length === 0 && (
        <p className="text-ink-2">{t(shown === "todo" ? "pay.nothingTodo" : "pay.noMatch")}</p>
      )}
      {items.length > 0 && (
        <ul className="divide-y divide-line border-t-[1.5px] border-ink">
          {items.map((one) => (
            <EntryRow key={one.id} entry={one} />
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
