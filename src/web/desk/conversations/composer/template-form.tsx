import { useQuery } from "@tanstack/react-query";
import { Timer } from "lucide-react";
import { useState } from "react";
import type { Channel, Conversation } from "#kernel/api";
import { Button } from "../../../ui/button.tsx";
import { SelectField, TextField } from "../../../ui/field.tsx";
import { queries } from "../../session/queries.ts";
import { useText } from "../../text/use-text.ts";

export interface Template {
  name: string;
  language: string;
  /** With {{1}}, {{2}} … where the parameters stand; "" when the provider did not tell it. */
  text: string;
}

interface TemplateFormProps {
  conversation: Conversation;
  onSend(template: { name: string; language: string; parameters: string[] }, text: string): void;
}

/** After 24 hours WhatsApp takes only notices that it has approved; the reason stands here in a sentence. */
export function TemplateForm({ conversation, onSend }: TemplateFormProps) {
  const { t } = useText();
  const channels = useQuery(queries.channels).data?.items ?? [];
  const known = templatesOf(channels.find(({ id }) => id === conversation.channel.id));
  const [chosen, setChosen] = useState<Template>(
    known[0] ?? { name: "", language: conversation.language, text: "" },
  );
  const template = chosen.name ? chosen : (known[0] ?? chosen);
  const [parameters, setParameters] = useState<string[]>([]);
  const count = placesIn(template.text);
  const text = template.text.replace(
    /\{\{(\d+)\}\}/g,
    (place, at: string) => parameters[Number(at) - 1] || place,
  );
  const isComplete =
    template.name !== "" && Array.from({ length: count }, (_, at) => parameters[at]).every(Boolean);
  return (
    <div className="-mx-1 grid max-h-[55dvh] gap-3 overflow-y-auto p-1">
      <p className="flex items-start gap-1.5 text-small font-strong text-warn">
        <Timer size={16} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 shrink-0" />
        {t("window.closed", { channel: t(`channel.${conversation.channel.kind}`) })}
      </p>
      {known.length > 0 ? (
        <SelectField
          label={t("template.choose")}
          options={known.map((each) => ({ value: keyOf(each), label: `${each.name} (${each.language})` }))}
          value={keyOf(template)}
          onChange={(event) =>
            setChosen(known.find((each) => keyOf(each) === event.target.value) ?? template)
          }
        />
      ) : (
        <div className="grid gap-3 sm:grid-cols-[1fr_120px]">
          <TextField
            label={t("template.name")}
            help={t("template.nameHelp")}
            value={template.name}
            onChange={(event) => setChosen({ ...template, name: event.target.value.trim() })}
          />
          <TextField
            label={t("template.language")}
            value={template.language}
            onChange={(event) => setChosen({ ...template, language: event.target.value.trim() })}
          />
        </div>
      )}
      {text && (
        <p className="rounded-2 border border-line bg-ground px-3 py-2 text-small whitespace-pre-wrap">
          {text}
        </p>
      )}
      <div className="grid gap-3 sm:grid-cols-3">
        {Array.from({ length: count }, (_, at) => (
          <TextField
            // biome-ignore lint/suspicious/noArrayIndexKey: the place in the text is the identity
            key={at}
            label={t("template.parameter", { number: at + 1 })}
            value={parameters[at] ?? ""}
            onChange={(event) => setParameters(withPart(parameters, at, event.target.value))}
          />
        ))}
      </div>
      <Button
        variant="primary"
        className="justify-self-end"
        aria-disabled={!isComplete}
        onClick={() =>
          isComplete &&
          onSend(
            { name: template.name, language: template.language, parameters: parameters.slice(0, count) },
            text,
          )
        }
      >
        {isComplete ? t("template.send") : t("template.incomplete")}
      </Button>
    </div>
  );
}

function keyOf({ name, language }: Template): string {
  return `${name} ${language}`;
}

function placesIn(text: string): number {
  return Math.max(0, ...[...text.matchAll(/\{\{(\d+)\}\}/g)].map(([, at]) => Number(at)));
}

function withPart(parts: readonly string[], at: number, value: string): string[] {
  return Array.from({ length: Math.max(parts.length, at + 1) }, (_, index) =>
    index === at ? value : (parts[index] ?? ""),
  );
}

/** The channel's settings list what the provider has approved. */
export function templatesOf(channel: Pick<Channel, "settings"> | undefined): Template[] {
  const listed = channel?.settings.templates;
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((each: unknown) => {
    if (typeof each !== "object" || each === null || !("name" in each) || typeof each.name !== "string")
      return [];
    const text = (key: "language" | "text") =>
      key in each ? String((each as Record<string, unknown>)[key] ?? "") : "";
    return [{ name: each.name, language: text("language") || "de", text: text("text") }];
  });
}
