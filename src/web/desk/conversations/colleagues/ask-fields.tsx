import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Conversation, ReplyOf } from "#kernel/api";
import { type AskInput, askColleague, previewQuestion, scopes } from "../../../../skills/colleagues/api.ts";
import { call } from "../../../client/call.ts";
import { Problem } from "../../../client/problem.ts";
import { Button } from "../../../ui/button.tsx";
import { SelectField, TextArea, TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import type { Translate } from "../../text/catalogue.ts";
import { useText } from "../../text/use-text.ts";
import { FileChoice, Tick } from "./ask-files.tsx";
import type { Door } from "./ask-form.tsx";
import { questionKeys } from "./queries.ts";

const OTHER = "";

interface FieldsProps {
  door: Door;
  conversation: Conversation;
  leave(): void;
}

/** Whom, what, and how much of the conversation goes along; the mail can be looked at before it leaves. */
export function AskFields({ door, conversation, leave }: FieldsProps) {
  const { t } = useText();
  const client = useQueryClient();
  const { id } = conversation;
  const [clientId] = useState(() => crypto.randomUUID());
  const [chosen, setChosen] = useState(door.items[0]?.email ?? OTHER);
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  const [more, setMore] = useState<Pick<AskInput, "scope" | "withContact" | "direct" | "fileIds">>({
    scope: "last",
    withContact: false,
    direct: false,
    fileIds: [],
  });
  const [isChecked, setChecked] = useState(false);
  const to = chosen === OTHER ? typed : chosen;
  const asking = useMutation({
    mutationFn: () => call(askColleague, { params: { id }, body: { clientId, to, text, ...more } }),
    onSuccess: (question) => {
      void client.invalidateQueries({ queryKey: questionKeys.of(id) });
      showToast({ text: t("ask.done", { name: question.to.name }) });
      leave();
    },
  });
  const looking = useMutation({
    mutationFn: () => call(previewQuestion, { params: { id }, body: { to, text, ...more } }),
  });
  const change = (part: Partial<typeof more>) => {
    looking.reset();
    setMore({ ...more, ...part });
  };
  const faults = faultsOf(asking.error ?? looking.error, t);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (text.trim() && to.trim()) asking.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <Whom
        door={door}
        whom={{ chosen, typed }}
        fault={faults.to ?? (isChecked && !to.trim() ? t("ask.fault.to.no_address") : null)}
        onChange={(next) => {
          looking.reset();
          setChosen(next.chosen);
          setTyped(next.typed);
        }}
      />
      <TextArea
        label={t("ask.question")}
        autoFocus
        rows={3}
        maxLength={4000}
        value={text}
        error={isChecked && !text.trim() ? t("ask.questionMissing") : null}
        onChange={(event) => {
          looking.reset();
          setText(event.target.value);
        }}
      />
      <SelectField
        label={t("ask.scope")}
        help={t("ask.scopeHelp")}
        value={more.scope}
        options={scopes.map((value) => ({ value, label: t(`ask.scope.${value}`) }))}
        onChange={(event) => change({ scope: scopes.find((one) => one === event.target.value) ?? "last" })}
      />
      <div className="grid gap-2">
        <Tick
          label={t("ask.contact")}
          help={t("ask.contactHelp")}
          checked={more.withContact}
          onChange={(withContact) => change({ withContact })}
        />
        {door.settings.allowsDirect && (
          <Tick
            label={t("ask.direct")}
            help={t("ask.directHelp")}
            checked={more.direct}
            onChange={(direct) => change({ direct })}
          />
        )}
      </div>
      <FileChoice id={id} chosen={more.fileIds} onChange={(fileIds) => change({ fileIds })} />
      {faults.other && <StateLine kind="bad">{faults.other}</StateLine>}
      {!faults.isKnown && <FailureRows error={asking.error ?? looking.error} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={asking.isPending}>
          {t("ask.act")}
        </Button>
        <Button busy={looking.isPending} onClick={() => looking.mutate()}>
          {t("ask.preview")}
        </Button>
        <Button onClick={leave}>{t("cancel")}</Button>
      </div>
      {looking.data && <Preview mail={looking.data} />}
    </form>
  );
}

interface WhomProps {
  door: Door;
  whom: { chosen: string; typed: string };
  fault: string | null;
  onChange(whom: { chosen: string; typed: string }): void;
}

/** Somebody of the list, or an address where the company has opened a domain. */
function Whom({ door, whom, fault, onChange }: WhomProps) {
  const { t } = useText();
  const isOther = whom.chosen === OTHER;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t("ask.to")}
        value={whom.chosen}
        error={isOther ? null : fault}
        options={optionsOf(door, t)}
        onChange={(event) => onChange({ ...whom, chosen: event.target.value })}
      />
      {isOther && (
        <TextField
          label={t("ask.email")}
          help={t("ask.emailHelp", { domains: door.settings.domains.join(", ") })}
          type="email"
          value={whom.typed}
          error={fault}
          onChange={(event) => onChange({ ...whom, typed: event.target.value })}
        />
      )}
    </div>
  );
}

/** The mail as it will leave, word for word. */
function Preview({ mail }: { mail: ReplyOf<typeof previewQuestion> }) {
  const { t } = useText();
  return (
    <section aria-label={t("ask.previewTitle")} className="rounded-2 border border-line bg-ground p-3">
      <h4 className="text-small font-strong">{t("ask.previewTitle")}</h4>
      <p className="mt-1 text-small wrap-anywhere">
        <span className="text-ink-2">{t("ask.subject")}</span> {mail.subject}
      </p>
      <p className="mt-2 text-small whitespace-pre-wrap wrap-anywhere">{mail.text}</p>
    </section>
  );
}

function optionsOf({ items, settings }: Door, t: Translate) {
  const listed = items.map(({ name, email, topic }) => ({
    value: email,
    label: topic ? `${name} · ${topic}` : name,
  }));
  return settings.domains.length > 0 ? [...listed, { value: OTHER, label: t("ask.other") }] : listed;
}

/** What the node refused, as sentences beside the field or below all. */
function faultsOf(error: unknown, t: Translate) {
  const fields = error instanceof Problem ? error.fields : [];
  const said = fields.map(({ path, message }) => ({
    path,
    text: t.maybe(`ask.fault.${path}.${message}`),
  }));
  return {
    to: said.find(({ path }) => path === "to")?.text ?? null,
    other: said.find(({ path, text }) => path !== "to" && text !== null)?.text ?? null,
    isKnown: said.some(({ text }) => text !== null),
  };
}
