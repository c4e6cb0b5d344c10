import type { Source } from "../../../../skills/notices/api.ts";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { useText } from "../../text/use-text.ts";
import { isFetched, type SourceDraft, type SourceFault, sourceKinds } from "./source-draft.ts";

interface FieldsProps {
  draft: SourceDraft;
  change(part: Partial<SourceDraft>): void;
  faults: readonly SourceFault[];
  isNew: boolean;
}

/** Kind, name, address, language and how often. */
export function SourceFields({ draft, change, faults, isNew }: FieldsProps) {
  const { t } = useText();
  const fault = (name: SourceFault) => (faults.includes(name) ? t(`sources.fault.${name}`) : null);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {isNew ? (
        <SelectField
          label={t("sources.kindLabel")}
          help={t(`sources.kindText.${draft.kind}`)}
          className="sm:col-span-2"
          value={draft.kind}
          options={sourceKinds.map((value) => ({ value, label: t(`sources.kind.${value}`) }))}
          onChange={(event) => change({ kind: event.target.value as Source["kind"] })}
        />
      ) : (
        <p className="text-small text-ink-2 sm:col-span-2">
          {t(`sources.kind.${draft.kind}`)}. {t(`sources.kindText.${draft.kind}`)}
        </p>
      )}
      <TextField
        label={t("sources.name")}
        maxLength={80}
        value={draft.name}
        error={fault("name")}
        onChange={(event) => change({ name: event.target.value })}
      />
      <SelectField
        label={t("sources.language")}
        help={t("sources.languageHelp")}
        value={draft.language}
        options={(["de", "en"] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
        onChange={(event) => change({ language: event.target.value as SourceDraft["language"] })}
      />
      {isFetched(draft.kind) && (
        <>
          <TextField
            label={t("sources.url")}
            type="url"
            placeholder="https://"
            className="sm:col-span-2"
            maxLength={2000}
            value={draft.url}
            error={fault("url")}
            onChange={(event) => change({ url: event.target.value })}
          />
          {draft.kind === "gtfs_rt" && (
            <TextField
              label={t("sources.namesUrl")}
              help={t("sources.namesUrlHelp")}
              type="url"
              placeholder="https://"
              className="sm:col-span-2"
              maxLength={2000}
              value={draft.namesUrl}
              error={fault("namesUrl")}
              onChange={(event) => change({ namesUrl: event.target.value })}
            />
          )}
          <TextField
            label={t("sources.minutes")}
            help={t("sources.minutesHelp")}
            inputMode="decimal"
            value={draft.minutes}
            error={fault("minutes")}
            onChange={(event) => change({ minutes: event.target.value })}
          />
        </>
      )}
      <Switch
        label={t("sources.active")}
        help={t("sources.activeHelp")}
        words={{ on: t("on"), off: t("off") }}
        checked={draft.isActive}
        onChange={(isActive) => change({ isActive })}
      />
    </div>
  );
}
