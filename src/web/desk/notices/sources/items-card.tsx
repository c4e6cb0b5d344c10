import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Source } from "../../../../skills/notices/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { ItemList } from "./item-list.tsx";
import { sourceItemsQuery } from "./queries.ts";

const shownFirst = 10;

/** What the source said last. */
export function ItemsCard({ source }: { source: Source }) {
  const { t } = useText();
  const [isWhole, setWhole] = useState(false);
  const items = useQuery(sourceItemsQuery(source.id));
  const all = items.data?.items ?? [];
  return (
    <Card title={t("sources.items")} aside={t("sources.itemsLive", { count: source.liveItems })}>
      {items.isPending && <Waiting rows={3} label={t("notices.loading")} />}
      <FailureRows error={items.error} />
      {items.isSuccess && all.length === 0 && <p className="text-ink-2">{t("sources.noItems")}</p>}
      <ItemList items={isWhole ? all : all.slice(0, shownFirst)} />
      {!isWhole && all.length > shownFirst && (
        <Button className="mt-3" onClick={() => setWhole(true)}>
          {t("list.more")}
        </Button>
      )}
    </Card>
  );
}
