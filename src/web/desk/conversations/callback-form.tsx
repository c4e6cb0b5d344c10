import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { type Conversation, createCallback } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useTopicTitle } from "../knowledge/use-topic-title.ts";
import { FailureRows } from "../shell/failure.tsx";
import { DateField } from "../text/date-field.tsx";
import { useText } from "../text/use-text.ts";
import { contactQuery } from "./contact/queries.ts";

const hourMs = 3_600_000;
const shortestPhone = 5;

/** Promises a call: number, time, what about. From then on it is a case with a deadline. */
export function CallbackForm({ conversation, onDone }: { conversation: Conversation; onDone(): void }) {
  const { t, format } = useText();
  const client = useQueryClient();
  const titleOf = useTopicTitle();
  const known = useKnownPhone(conversation.contact.id);
  const [typed, setTyped] = useState<string | null>(null);
  const [when, setWhen] = useState(() => format.toInput(Date.now() + hourMs));
  const [topic, setTopic] = useState(conversation.topic ? titleOf(conversation.topic) : "");
  const [isChecked, setChecked] = useState(false);
  const leave = useWayBack(onDone);
  const phone = typed ?? known;
  const promising = useMutation({
    mutationFn: () =>
      call(createCallback, {
        params: { id: conversation.id },
        body: { phone, promisedAt: new Date(format.fromInput(when)).toISOString(), topic },
      }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ["callbacks"] });
      showToast({ text: t("callback.promised", { time: format.moment(made.promisedAt, Date.now()) }) });
      leave();
    },
  });
  const faults = {
    phone: phone.replace(/\D/g, "").length >= shortestPhone ? null : t("callback.phoneMissing"),
    when: format.fromInput(when) > Date.now() ? null : t("callback.past"),
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") leave();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!faults.phone && !faults.when) promising.mutate();
  };
  return (
    <form
      onSubmit={submit}
      onKeyDown={onKeyDown}
      noValidate
      className="grid gap-3 border-t border-line bg-sheet px-4 py-4 lg:px-6"
    >
      <h3>{t("callback.promise")}</h3>
      <div className="grid gap-3 sm:grid-cols-3">
        <TextField
          label={t("callback.phone")}
          type="tel"
          autoFocus
          value={phone}
          error={isChecked ? faults.phone : null}
          onChange={(event) => setTyped(event.target.value)}
        />
        <DateField
          withTime
          label={t("callback.when")}
          value={when}
          error={isChecked ? faults.when : null}
          onChange={setWhen}
        />
        <TextField
          label={t("callback.topic")}
          value={topic}
          maxLength={200}
          onChange={(event) => setTopic(event.target.value)}
        />
      </div>
      <FailureRows error={promising.error} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={promising.isPending}>
          {t("callback.act")}
        </Button>
        <Button onClick={leave}>{t("cancel")}</Button>
      </div>
    </form>
  );
}

/** Whoever leaves stands again where they came from. */
function useWayBack(onDone: () => void): () => void {
  const [opener] = useState(() => document.activeElement);
  return () => {
    if (opener instanceof HTMLElement) opener.focus();
    onDone();
  };
}

/** What WhatsApp knows as the customer's number is most often the one to call. */
function useKnownPhone(contactId: number): string {
  const identities = useQuery(contactQuery(contactId)).data?.identities ?? [];
  const value =
    ["phone", "wa_id"].flatMap((kind) => identities.filter((each) => each.kind === kind))[0]?.value ?? "";
  return /^\d/.test(value) ? `+${value}` : value;
}
