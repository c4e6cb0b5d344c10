import { type FormEvent, useState } from "react";
import type { FlowInput } from "../../../skills/service/api.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";

interface ServiceFormProps {
  request: { method: string; url: string };
  onAnswer(input: FlowInput): void;
}

/** Plays the company's service: an answer, another status, or silence. */
export function ServiceForm({ request, onAnswer }: ServiceFormProps) {
  const { t } = useText();
  const [status, setStatus] = useState("200");
  const [body, setBody] = useState("{}");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const number = Number(status);
    onAnswer({ kind: "service", status: number >= 100 && number <= 599 ? number : 500, body });
  };
  return (
    <form onSubmit={submit} className="grid gap-2 rounded-2 border border-line bg-sunken p-3">
      <p className="text-small break-all">
        {t("play.service", { request: `${request.method} ${request.url}` })}
      </p>
      <div className="flex flex-wrap gap-2">
        <TextField
          label={t("play.status")}
          isCode
          inputMode="numeric"
          className="w-20"
          value={status}
          onChange={(event) => setStatus(event.target.value.replace(/\D/g, "").slice(0, 3))}
        />
        <TextField
          label={t("play.answer")}
          isCode
          className="min-w-40 flex-1"
          maxLength={10_000}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button type="submit">{t("play.answers")}</Button>
        <Button onClick={() => onAnswer({ kind: "service", status: null, body: "" })}>
          {t("play.silent")}
        </Button>
      </div>
    </form>
  );
}
