import type { RefObject } from "react";
import { Card } from "../../../ui/card.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { TextArea, TextField } from "../../../ui/field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { useText } from "../../text/use-text.ts";
import { slugOf, type TopicPartProps } from "./topic-draft.ts";

interface FrameProps extends TopicPartProps {
  isNew: boolean;
  title: RefObject<HTMLInputElement | null>;
  titleFault: boolean;
}

const languages = ["de", "en"] as const;

/** Names and words of the catalogue, and of which kind it is. */
export function TopicFrame({ draft, change, isNew, title, titleFault }: FrameProps) {
  const { t } = useText();
  const words = { on: t("on"), off: t("off") };
  return (
    <Card title={t("topics.frame")}>
      <div className="grid gap-4 sm:grid-cols-2">
        {languages.map((language) => (
          <TextField
            key={language}
            ref={language === "de" ? title : undefined}
            label={t("topic.titleIn", { language: t(`language.${language}`) })}
            maxLength={80}
            autoFocus={isNew && language === "de"}
            value={draft.title[language]}
            error={titleFault && language === "de" ? t("topics.titleMissing") : null}
            onChange={(event) => change({ title: { ...draft.title, [language]: event.target.value } })}
          />
        ))}
        {languages.map((language) => (
          <TextArea
            key={language}
            label={t("topics.describedIn", { language: t(`language.${language}`) })}
            help={language === "de" ? t("topics.describedHelp") : undefined}
            lang={language}
            rows={3}
            maxLength={500}
            value={draft.description[language]}
            onChange={(event) =>
              change({ description: { ...draft.description, [language]: event.target.value } })
            }
          />
        ))}
        <TextField
          label={t("topics.slug")}
          help={t("topics.slugHelp")}
          isCode
          value={draft.slug}
          maxLength={60}
          placeholder={slugOf(draft.title.de || draft.title.en)}
          onChange={(event) => change({ slug: event.target.value })}
          onBlur={() => change({ slug: slugOf(draft.slug) })}
        />
      </div>
      <div className="mt-4 grid max-w-[560px] gap-4">
        {isNew ? (
          <Choice
            label={t("topics.kind")}
            help={t("topics.kindHelp")}
            value={draft.kind}
            options={(["service", "promotion"] as const).map((value) => ({
              value,
              label: t(`topics.kind.${value}`),
            }))}
            onChange={(kind) => change({ kind })}
          />
        ) : (
          <p className="text-small text-ink-2">
            {t("topics.kindStays", { kind: t(`topics.kind.${draft.kind}`) })}
          </p>
        )}
        <Switch
          label={t("topics.public")}
          help={t("topics.publicHelp")}
          words={words}
          checked={draft.isPublic}
          onChange={(isPublic) => change({ isPublic })}
        />
        <Switch
          label={t("topics.urgent")}
          help={t("topics.urgentHelp")}
          words={words}
          checked={draft.isUrgent}
          onChange={(isUrgent) => change({ isUrgent })}
        />
      </div>
    </Card>
  );
}
