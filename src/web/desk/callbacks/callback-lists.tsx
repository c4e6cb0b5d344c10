import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { PhoneCall } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { QuietDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { queries } from "../session/queries.ts";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import type { LogTarget } from "../telephone/log-draft.ts";
import { LogForm } from "../telephone/log-form.tsx";
import { MissedList } from "../telephone/missed-list.tsx";
import { WhoField } from "../telephone/who-field.tsx";
import { useText } from "../text/use-text.ts";
import { CallbackRow } from "./callback-row.tsx";

type Shown = "open" | "done";

/** Promised calls, soonest first; below them who called in vain. */
export function CallbackLists() {
  const { t } = useText();
  const [state, setState] = useState<Shown>("open");
  const { log } = useSearch({ from: "/shell/callbacks" });
  const navigate = useNavigate();
  const showForm = (isShown: boolean) =>
    void navigate({ to: "/callbacks", search: isShown ? { log: true } : {}, replace: true });
  return (
    <Page title={t("place.callbacks")} subtitle={t("callbacks.subtitle")}>
      {log ? (
        <Card title={t("calls.log")} className="mb-6 max-w-[820px]">
          <Anybody onDone={() => showForm(false)} />
        </Card>
      ) : (
        <Button variant="primary" icon={PhoneCall} className="mb-6" onClick={() => showForm(true)}>
          {t("calls.log")}
        </Button>
      )}
      <Choice
        label={t("callbacks.show")}
        value={state}
        options={(["open", "done"] as const).map((value) => ({ value, label: t(`callbacks.${value}`) }))}
        onChange={(chosen) => setState(chosen)}
      />
      <Promised state={state} />
      <MissedList state={state} />
    </Page>
  );
}

/** A call with somebody who is yet to be named. */
function Anybody({ onDone }: { onDone(): void }) {
  const [target, setTarget] = useState<LogTarget | null>(null);
  return (
    <LogForm
      target={target}
      direction="in"
      who={(error) => <WhoField target={target} error={error} onChange={setTarget} />}
      onDone={onDone}
    />
  );
}

function Promised({ state }: { state: Shown }) {
  const { t } = useText();
  const calls = useQuery(queries.callbacks(state));
  const items = calls.data?.items;
  return (
    <section aria-label={t("callbacks.promised")} className="mt-5">
      <h2 className="mb-3 text-h2">{t("callbacks.promised")}</h2>
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
    </section>
  );
}
