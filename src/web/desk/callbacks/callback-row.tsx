import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Phone } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type Callback, finishCallback } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { TextArea } from "../../ui/field.tsx";
import { Tag } from "../../ui/tag.tsx";
import { showToast } from "../../ui/toast.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";

/** One promised call with its number; done by a call note. */
export function CallbackRow({ callback }: { callback: Callback }) {
  const { t, format } = useText();
  const now = useNow();
  const [isNoting, setNoting] = useState(false);
  const isOpen = callback.state !== "done";
  return (
    <li className="rounded-2 border border-line bg-sheet p-4">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <p className="min-w-24 font-head text-figure font-heavy">
          <time dateTime={callback.promisedAt}>{format.moment(callback.promisedAt, now)}</time>
        </p>
        <div className="mr-auto min-w-0">
          <p className="font-strong">{callback.contactName || t("contact.nameless")}</p>
          <p className="text-small text-ink-2">
            {[
              callback.topic,
              callback.doneAt && t("callbacks.doneAt", { when: format.moment(callback.doneAt, now) }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <CallTag callback={callback} />
        <a href={`tel:${callback.phone.replace(/[^\d+]/g, "")}`} className={buttonClass("secondary")}>
          <Phone size={18} strokeWidth={1.75} aria-hidden="true" />
          {callback.phone}
        </a>
        <Link
          to="/conversations/$id"
          params={{ id: callback.conversationId }}
          className={buttonClass("quiet")}
        >
          {t("callbacks.conversation")}
        </Link>
        {isOpen && !isNoting && (
          <Button variant="primary" onClick={() => setNoting(true)}>
            {t("callbacks.finish")}
          </Button>
        )}
      </div>
      {callback.note && (
        <p className="mt-3 rounded-2 border border-dotted border-line-strong bg-sunken px-3 py-2 text-small whitespace-pre-wrap">
          {callback.note}
        </p>
      )}
      {isNoting && isOpen && <NoteForm callback={callback} onClose={() => setNoting(false)} />}
    </li>
  );
}

const soonMs = 15 * 60_000;

function CallTag({ callback }: { callback: Callback }) {
  const { t, format } = useText();
  const now = useNow();
  const left = Date.parse(callback.promisedAt) - now;
  if (callback.state === "done") return <Tag kind="ok">{t("callbacks.kept")}</Tag>;
  if (left <= 0) return <Tag kind="bad">{t("callbacks.missed", { span: format.span(left) })}</Tag>;
  if (left < soonMs) return <Tag kind="turn">{t("callbacks.soon", { span: format.span(left) })}</Tag>;
  return <Tag kind="plain">{t("callbacks.in", { span: format.span(left) })}</Tag>;
}

function NoteForm({ callback, onClose }: { callback: Callback; onClose(): void }) {
  const { t } = useText();
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const [isMissing, setMissing] = useState(false);
  const finishing = useMutation({
    mutationFn: () => call(finishCallback, { params: { id: callback.id }, body: { note: note.trim() } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["callbacks"] });
      showToast({ text: t("callbacks.finished") });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!note.trim());
    if (note.trim()) finishing.mutate();
  };
  return (
    <form onSubmit={submit} className="mt-4 grid gap-3">
      <TextArea
        label={t("callbacks.note")}
        autoFocus
        rows={3}
        maxLength={4000}
        value={note}
        error={isMissing ? t("callbacks.noteMissing") : null}
        onChange={(event) => setNote(event.target.value)}
      />
      <FailureRows error={finishing.error} />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={finishing.isPending}>
          {t("callbacks.finish")}
        </Button>
        <Button onClick={onClose}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
