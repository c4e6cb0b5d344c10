import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from "react";
import { logCall, undoCall } from "../../../skills/telephone/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Choice } from "../../ui/choice.tsx";
import { SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { topicsQuery } from "../knowledge/queries.ts";
import { FailureRows } from "../shell/failure.tsx";
import { DateField } from "../text/date-field.tsx";
import { useText } from "../text/use-text.ts";
import {
  bodyOf,
  emptyDraft,
  faultsOf,
  type LogDraft,
  type LogTarget,
  outcomes,
  settles,
} from "./log-draft.ts";

type Fault = NonNullable<ReturnType<typeof faultsOf>[keyof ReturnType<typeof faultsOf>]>;

interface FormProps {
  /** Whose call it is; null = not chosen yet. */
  target: LogTarget | null;
  /** How they most likely spoke. */
  direction: LogDraft["direction"];
  topic?: string | null;
  /** Where the person is chosen, when that is not clear from the place. */
  who?: (error: string | null) => ReactNode;
  onDone(): void;
}

/** Direction and outcome are two taps; everything else may stay empty. Ctrl and Enter keep it. */
export function LogForm({ target, direction, topic = null, who, onDone }: FormProps) {
  const { t } = useText();
  const [draft, setDraft] = useState(() => ({ ...emptyDraft(Date.now(), direction), topic: topic ?? "" }));
  const [isChecked, setChecked] = useState(false);
  const logging = useLogging(onDone);
  const set = (change: Partial<LogDraft>) => setDraft({ ...draft, ...change });
  const faults = faultsOf(draft, target, Date.now());
  const said = (fault: Fault | null) => (isChecked && fault ? t(fault) : null);
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setChecked(true);
    if (target && !faults.minutes && !faults.promisedAt) logging.mutate({ draft, target });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") onDone();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown} noValidate className="grid gap-4">
      {who?.(said(faults.target))}
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        <Choice
          label={t("calls.direction")}
          value={draft.direction}
          options={(["out", "in"] as const).map((value) => ({ value, label: t(`calls.direction.${value}`) }))}
          onChange={(value) => set({ direction: value })}
        />
        <Choice
          label={t("calls.outcome")}
          value={draft.outcome}
          options={outcomes.map((value) => ({ value, label: t(`calls.outcome.${value}`) }))}
          onChange={(value) => set({ outcome: value })}
        />
      </div>
      <TextArea
        label={t("calls.note")}
        autoFocus={!who}
        rows={2}
        maxLength={4000}
        value={draft.note}
        onChange={(event) => set({ note: event.target.value })}
      />
      <Details
        draft={draft}
        set={set}
        errors={{ minutes: said(faults.minutes), at: said(faults.promisedAt) }}
      />
      <FailureRows error={logging.error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={logging.isPending}>
          {t("calls.keep")}
        </Button>
        <Button onClick={onDone}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

/** One click, one call: what was sent twice is the same call, and can be taken back. */
function useLogging(onDone: () => void) {
  const { t } = useText();
  const client = useQueryClient();
  const [clientId] = useState(() => crypto.randomUUID());
  return useMutation({
    mutationFn: ({ draft, target }: { draft: LogDraft; target: LogTarget }) =>
      call(logCall, { body: bodyOf(draft, target, clientId) }),
    onSuccess: ({ call: { id }, told }) => {
      const renew = () => void client.invalidateQueries({ queryKey: ["callbacks"] });
      renew();
      const undo = () => void call(undoCall, { params: { id } }).then(renew, renew);
      showToast({
        text: t(told === "sent" ? "calls.keptAndTold" : "calls.kept"),
        undo: { label: t("undo"), onClick: undo },
      });
      onDone();
    },
  });
}

interface DetailsProps {
  draft: LogDraft;
  set(change: Partial<LogDraft>): void;
  errors: { minutes: string | null; at: string | null };
}

function Details({ draft, set, errors }: DetailsProps) {
  const { t, format, language } = useText();
  const topics = useQuery(topicsQuery).data?.items ?? [];
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-3">
        {draft.outcome === "promised" ? (
          <DateField
            withTime
            label={t("calls.again")}
            value={Number.isNaN(draft.promisedAt) ? "" : format.toInput(draft.promisedAt)}
            error={errors.at}
            onChange={(when) => set({ promisedAt: format.fromInput(when) })}
          />
        ) : (
          <TextField
            label={t("calls.length")}
            inputMode="decimal"
            disabled={draft.outcome !== "reached"}
            value={draft.minutes}
            error={errors.minutes}
            onChange={(event) => set({ minutes: event.target.value })}
          />
        )}
        <SelectField
          label={t("calls.topic")}
          className="sm:col-span-2"
          value={draft.topic}
          options={[
            { value: "", label: t("calls.noTopic") },
            ...topics.map(({ intent, titles, title }) => ({
              value: intent,
              label: titles[language] || title || intent,
            })),
          ]}
          onChange={(event) => set({ topic: event.target.value })}
        />
      </div>
      <Choice
        label={t("calls.settle")}
        value={draft.settle}
        options={settles.map((value) => ({ value, label: t(`calls.settle.${value}`) }))}
        onChange={(value) => set({ settle: value })}
      />
    </>
  );
}
