import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type NoticeSettings, saveNoticeSettings } from "../../../skills/notices/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Switch } from "../../ui/switch.tsx";
import { showToast } from "../../ui/toast.tsx";
import { isManager, useMe } from "../session/session.ts";
import { readClock } from "../settings/company/hours.ts";
import { Failure, FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { NoticesFrame } from "./notices-frame.tsx";
import { noticeSettingsQuery } from "./queries.ts";

/** Quiet hours, how much is too much, and who releases. */
export function RulesPage() {
  const { t } = useText();
  const settings = useQuery(noticeSettingsQuery);
  return (
    <NoticesFrame title={t("rules.title")} subtitle={t("rules.subtitle")}>
      {settings.isPending && <Waiting rows={4} label={t("notices.loading")} />}
      {settings.error && (
        <Failure error={settings.error} title={t("rules.notLoaded")} retry={() => void settings.refetch()} />
      )}
      {settings.data && <RulesForm start={settings.data} />}
    </NoticesFrame>
  );
}

const usualQuiet = { from: "21:00", to: "07:00" };
const usualCap = 5;
const usualPortfolio = 1_000;

function RulesForm({ start }: { start: NoticeSettings }) {
  const { t } = useText();
  const client = useQueryClient();
  const mayWrite = isManager(useMe());
  const [fields, setFields] = useState(start);
  const set = (part: Partial<NoticeSettings>) => setFields({ ...fields, ...part });
  const saving = useMutation({
    mutationFn: () => call(saveNoticeSettings, { body: fields }),
    onSuccess: (saved) => {
      client.setQueryData(noticeSettingsQuery.queryKey, saved);
      showToast({ text: t("rules.saved") });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!mayWrite} className="grid max-w-[720px] gap-5">
        <legend className="ear-only">{t("rules.title")}</legend>
        {!mayWrite && <p className="text-ink-2">{t("knowledge.readOnly")}</p>}
        <QuietCard fields={fields} set={set} />
        <AmountCard fields={fields} set={set} />
        <Card title={t("rules.release")}>
          <Switch
            label={t("rules.fourEyes")}
            help={t("rules.fourEyesHelp")}
            words={{ on: t("on"), off: t("off") }}
            checked={fields.needsFourEyes}
            onChange={(needsFourEyes) => set({ needsFourEyes })}
          />
        </Card>
        <FailureRows error={saving.error} />
        {mayWrite && (
          <Button type="submit" variant="primary" className="justify-self-start" busy={saving.isPending}>
            {t("rules.save")}
          </Button>
        )}
      </fieldset>
    </form>
  );
}

interface PartProps {
  fields: NoticeSettings;
  set(part: Partial<NoticeSettings>): void;
}

/** Typed, because the browser's own field writes times as the browser's language does, which may not be the desk's. */
function QuietTime({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(value: string): void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const timeIn = (text: string) => {
    const read = readClock(text);
    return read === "24:00" ? null : read;
  };
  return (
    <TextField
      label={label}
      inputMode="numeric"
      autoComplete="off"
      aria-invalid={(typed !== null && timeIn(typed) === null) || undefined}
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.target.value);
        const read = timeIn(event.target.value);
        if (read !== null) onChange(read);
      }}
      // What is no time gives way to the one that holds.
      onBlur={() => setTyped(null)}
    />
  );
}

function QuietCard({ fields, set }: PartProps) {
  const { t } = useText();
  const { quiet } = fields;
  const words = { on: t("on"), off: t("off") };
  return (
    <Card title={t("rules.quiet")}>
      <div className="grid gap-4">
        <Switch
          label={t("rules.quietHours")}
          help={t("rules.quietHelp")}
          words={words}
          checked={quiet !== null}
          onChange={(isQuiet) => set({ quiet: isQuiet ? usualQuiet : null })}
        />
        {quiet && (
          <div className="flex flex-wrap gap-3">
            <QuietTime
              label={t("rules.from")}
              value={quiet.from}
              onChange={(from) => set({ quiet: { ...quiet, from } })}
            />
            <QuietTime
              label={t("rules.to")}
              value={quiet.to}
              onChange={(to) => set({ quiet: { ...quiet, to } })}
            />
          </div>
        )}
        <Switch
          label={t("rules.holidays")}
          help={t("rules.holidaysHelp")}
          words={words}
          checked={fields.isQuietOnHolidays}
          onChange={(isQuietOnHolidays) => set({ isQuietOnHolidays })}
        />
      </div>
    </Card>
  );
}

function AmountCard({ fields, set }: PartProps) {
  const { t } = useText();
  return (
    <Card title={t("rules.amount")}>
      <div className="grid gap-5">
        <Limit
          label={t("rules.cap")}
          help={t("rules.capHelp")}
          unit={t("rules.capUnit")}
          most={100}
          usual={usualCap}
          value={fields.capPerDay}
          onChange={(capPerDay) => set({ capPerDay })}
        />
        <Limit
          label={t("rules.portfolio")}
          help={t("rules.portfolioHelp")}
          unit={t("rules.portfolioUnit")}
          usual={usualPortfolio}
          value={fields.portfolioPerDay}
          onChange={(portfolioPerDay) => set({ portfolioPerDay })}
        />
      </div>
    </Card>
  );
}

interface LimitProps {
  label: string;
  help: string;
  unit: string;
  most?: number;
  /** What stands in the field when the limit is switched on. */
  usual: number;
  value: number | null;
  onChange(value: number | null): void;
}

function Limit({ label, help, unit, most, usual, value, onChange }: LimitProps) {
  const { t } = useText();
  const [text, setText] = useState(String(value ?? usual));
  const isFit = fits(text, most);
  return (
    <div className="grid gap-3">
      <Switch
        label={label}
        help={help}
        words={{ on: t("on"), off: t("off") }}
        checked={value !== null}
        onChange={(isOn) => onChange(isOn ? usual : null)}
      />
      {value !== null && (
        <TextField
          label={unit}
          type="number"
          min={1}
          max={most}
          className="w-48"
          value={text}
          error={isFit ? null : t("rules.limitFault")}
          onChange={(event) => {
            setText(event.target.value);
            if (fits(event.target.value, most)) onChange(Number(event.target.value));
          }}
          onBlur={() => setText(String(value))}
        />
      )}
    </div>
  );
}

function fits(text: string, most: number | undefined): boolean {
  const typed = Number(text);
  return Number.isInteger(typed) && typed >= 1 && (most === undefined || typed <= most);
}
