import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";
import { topicsQuery } from "./queries.ts";
import type { Answer } from "./topic-draft.ts";

type Options = Answer["options"];
const mostOptions = 10;
/** WhatsApp shows up to three as buttons, more as a list. */
const mostButtons = 3;

/** What the customer may tap: up to three buttons, or a list of up to ten. */
export function OptionsEditor({ options, onChange }: { options: Options; onChange(options: Options): void }) {
  const { t } = useText();
  const topics = useQuery(topicsQuery).data?.items ?? [];
  const set = (at: number, part: Partial<Options[number]>) =>
    onChange(options.map((option, index) => (index === at ? { ...option, ...part } : option)));
  const targets = [
    { value: "", label: t("options.noTopic") },
    ...topics.map(({ intent, title }) => ({ value: intent, label: title || intent })),
  ];
  return (
    <fieldset className="grid gap-2">
      <legend className="text-small font-strong">{t("options.title")}</legend>
      <p className="text-small text-ink-2">
        {options.length > mostButtons ? t("options.asList") : t("options.asButtons")}
      </p>
      {options.map((option, at) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a button has no name of its own while it is typed
          key={at}
          className="grid grid-cols-[1fr_1fr_auto] items-end gap-2"
        >
          <TextField
            label={t("options.words", { number: at + 1 })}
            maxLength={40}
            value={option.title}
            onChange={(event) => set(at, { title: event.target.value })}
          />
          <SelectField
            label={t("options.leadsTo", { number: at + 1 })}
            value={option.intent ?? ""}
            options={targets}
            onChange={(event) => set(at, { intent: event.target.value || null })}
          />
          <IconButton
            icon={X}
            label={t("options.remove", { number: at + 1 })}
            onClick={() => onChange(options.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {options.length < mostOptions && (
        <Button
          icon={Plus}
          className="justify-self-start"
          onClick={() => onChange([...options, { title: "", intent: null }])}
        >
          {t("options.add")}
        </Button>
      )}
    </fieldset>
  );
}
