import type { RefObject } from "react";
import type { NoticeTopic } from "../../../../skills/notices/api.ts";
import { Card } from "../../../ui/card.tsx";
import { SelectField, TextArea, TextField } from "../../../ui/field.tsx";
import { DateField } from "../../text/date-field.tsx";
import { useText } from "../../text/use-text.ts";
import { ValuePicker } from "../value-picker.tsx";
import type { PartProps } from "./notice-draft.ts";

interface AboutProps extends PartProps {
  topics: readonly NoticeTopic[];
  /** The first field that is missing gets the focus. */
  title: RefObject<HTMLInputElement | null>;
}

/** Whom it concerns and until when. */
export function AboutCard({ draft, change, faults, topics, title }: AboutProps) {
  const { t, language } = useText();
  const topic = topics.find(({ id }) => id === draft.topicId);
  const parameters = topic?.parameters.filter(({ kind }) => kind !== "window") ?? [];
  return (
    <Card title={t("notices.about")}>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t("notices.topic")}
          value={String(draft.topicId ?? "")}
          error={faults.includes("topic") ? t("notices.fault.topic") : null}
          options={[
            { value: "", label: t("notices.chooseTopic") },
            ...topics.map((each) => ({
              value: String(each.id),
              label: each.title[language] || each.title.de || each.title.en,
            })),
          ]}
          onChange={(event) => change({ topicId: Number(event.target.value) || null, values: {} })}
        />
        <TextField
          ref={title}
          label={t("notices.noticeTitle")}
          help={t("notices.noticeTitleHelp")}
          maxLength={120}
          value={draft.title}
          error={faults.includes("title") ? t("notices.fault.title") : null}
          onChange={(event) => change({ title: event.target.value })}
        />
        {parameters.map((parameter) => (
          <ValuePicker
            key={parameter.key}
            label={parameter.label[language] || parameter.label.de || parameter.key}
            help={t("notices.valuesHelp")}
            known={parameter.values}
            chosen={draft.values[parameter.key] ?? []}
            onChange={(values) => change({ values: { ...draft.values, [parameter.key]: values } })}
          />
        ))}
        <TextField
          label={t("notices.link")}
          type="url"
          placeholder="https://"
          maxLength={500}
          value={draft.link}
          error={faults.includes("link") ? t("notices.fault.link") : null}
          onChange={(event) => change({ link: event.target.value })}
        />
        <DateField
          withTime
          label={t("notices.expires")}
          help={t("notices.expiresHelp")}
          value={draft.expiresAt}
          onChange={(expiresAt) => change({ expiresAt })}
        />
        {topic?.kind === "promotion" && (
          <TextArea
            label={t("notices.products")}
            help={t("notices.productsHelp")}
            rows={2}
            value={draft.about}
            onChange={(event) => change({ about: event.target.value })}
          />
        )}
      </div>
    </Card>
  );
}
