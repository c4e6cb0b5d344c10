import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type ColleagueSettings, saveColleagueSettings } from "../../../../skills/colleagues/api.ts";
import { call } from "../../../client/call.ts";
import { Problem } from "../../../client/problem.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { colleaguesQuery } from "../../conversations/colleagues/queries.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";

const longestHours = 80;
const longestDays = 60;

/** Open domains, reminders, and whether an answer may go out unread. */
export function RulesCard({ settings }: { settings: ColleagueSettings }) {
  const { t } = useText();
  const client = useQueryClient();
  const [fields, setFields] = useState({ ...settings, domains: settings.domains.join("\n") });
  const saving = useMutation({
    mutationFn: () =>
      call(saveColleagueSettings, {
        body: { ...fields, domains: fields.domains.split(/[\s,;]+/).filter(Boolean) },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: colleaguesQuery.queryKey });
      showToast({ text: t("colleagues.saved") });
    },
  });
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  const { error } = saving;
  const [refused] = error instanceof Problem ? error.fields : [];
  const domain = error instanceof Problem ? (error.detail ?? "") : "";
  const fault = refused && t.maybe(`colleagues.fault.domains.${refused.message}`, { domain });
  return (
    <Card title={t("colleagues.rules")}>
      <form onSubmit={submit} className="grid gap-4">
        <TextArea
          label={t("colleagues.domains")}
          help={t("colleagues.domainsHelp")}
          rows={2}
          value={fields.domains}
          error={fault}
          onChange={(event) => set({ domains: event.target.value })}
        />
        <TextField
          label={t("colleagues.remindHours")}
          help={t("colleagues.remindHelp")}
          type="number"
          min={1}
          max={longestHours}
          required
          value={fields.remindHours}
          onChange={(event) => set({ remindHours: Number(event.target.value) })}
        />
        <TextField
          label={t("colleagues.answerDays")}
          type="number"
          min={1}
          max={longestDays}
          required
          value={fields.answerDays}
          onChange={(event) => set({ answerDays: Number(event.target.value) })}
        />
        <Switch
          label={t("colleagues.direct")}
          help={t("colleagues.directHelp")}
          words={{ on: t("colleagues.on"), off: t("colleagues.off") }}
          checked={fields.allowsDirect}
          onChange={(allowsDirect) => set({ allowsDirect })}
        />
        {!fault && <FailureRows error={error} />}
        <Button type="submit" variant="primary" className="justify-self-start" busy={saving.isPending}>
          {t("colleagues.save")}
        </Button>
      </form>
    </Card>
  );
}
