import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import type { previewNotice } from "../../../../skills/notices/api.ts";
import { Card, Waiting } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { previewQuery } from "../queries.ts";

type Item = ReplyOf<typeof previewNotice>["items"][number];

/** What is read, by channel and language, as a bubble on its line. */
export function PreviewCard({ id }: { id: number }) {
  const { t } = useText();
  const preview = useQuery(previewQuery(id));
  const [chosen, setChosen] = useState(0);
  const items = preview.data?.items ?? [];
  const item = items[chosen] ?? items[0];
  const faults = items.filter(({ fault }) => fault !== null).length;
  return (
    <Card title={t("notices.preview")} aside={t("notices.previewAside")}>
      {preview.isPending && <Waiting rows={2} label={t("notices.loading")} />}
      <FailureRows error={preview.error} />
      {preview.isSuccess && items.length === 0 && <p className="text-ink-2">{t("notices.noChannel")}</p>}
      {item && (
        <div className="grid gap-3">
          <SelectField
            label={t("notices.previewOf")}
            value={String(items.indexOf(item))}
            options={items.map((one, at) => ({ value: String(at), label: nameOf(one, t) }))}
            onChange={(event) => setChosen(Number(event.target.value))}
          />
          <Bubble item={item} />
          {faults > 0 && (
            <p className="text-small">
              <StateLine kind="warn">{t("notices.previewFaults", { count: faults })}</StateLine>
            </p>
          )}
        </div>
      )}
    </Card>
  );
}

function nameOf({ channel, language, inWindow, fault }: Item, t: ReturnType<typeof useText>["t"]): string {
  const window =
    channel.kind === "whatsapp" ? t(inWindow ? "notices.inWindow" : "notices.outOfWindow") : null;
  const parts = [channel.name, t(`language.${language}`), window].filter(Boolean).join(", ");
  return fault === null ? parts : `${parts}: ${t("notices.cannotGo")}`;
}

function Bubble({ item }: { item: Item }) {
  const { t } = useText();
  if (item.fault !== null)
    return (
      <p role="status">
        <StateLine kind="bad">{t.maybe(`notices.reason.${item.fault}`) ?? item.fault}</StateLine>
      </p>
    );
  return (
    <div className="rounded-2 bg-ground px-4 pt-4 pb-3">
      <p
        lang={item.language}
        className="max-w-[540px] rounded-t-3 border-b-2 border-dashed border-ink-3 bg-sheet px-4 py-3 wrap-anywhere whitespace-pre-wrap"
      >
        {item.text}
      </p>
      <p className="mt-1 text-tiny text-ink-2">
        {t("notices.automatic")}
        {item.template && ` · ${t("notices.byTemplate", { name: item.template })}`}
      </p>
    </div>
  );
}
