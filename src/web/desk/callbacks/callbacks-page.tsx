import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Waiting } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { QuietDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { queries } from "../session/queries.ts";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { CallbackRow } from "./callback-row.tsx";

/** Promised calls, soonest first: who, which number, by when. */
export function CallbacksPage() {
  const { t } = useText();
  const [state, setState] = useState<"open" | "done" | "all">("open");
  const calls = useQuery(queries.callbacks(state));
  const items = calls.data?.items;
  return (
    <Page title={t("place.callbacks")} subtitle={t("callbacks.subtitle")}>
      <Choice
        label={t("callbacks.show")}
        value={state}
        options={(["open", "done", "all"] as const).map((value) => ({
          value,
          label: t(`callbacks.${value}`),
        }))}
        onChange={(chosen) => setState(chosen)}
      />
      <div className="mt-5">
        {calls.isPending && <Waiting rows={3} label={t("callbacks.loading")} />}
        {calls.error && (
          <Failure error={calls.error} title={t("callbacks.notLoaded")} retry={() => void calls.refetch()} />
        )}
        {items?.length === 0 && (
          <Statement
            drawing={<QuietDrawing className="w-[420px] max-w-full" />}
            title={t(`callbacks.empty.${state}`)}
          >
            {t("callbacks.emptyText")}
          </Statement>
        )}
        <ul className="grid gap-3">
          {items?.map((each) => (
            <CallbackRow key={each.id} callback={each} />
          ))}
        </ul>
      </div>
    </Page>
  );
}
