import { useMutation } from "@tanstack/react-query";
import { FlaskConical } from "lucide-react";
import { type FormEvent, useState } from "react";
import { tryQuestion } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { TryResult } from "./try-result.tsx";

/** Ask as a customer would, and see what would be answered and why. Nothing is sent. */
export function TryCard() {
  const { t } = useText();
  const [text, setText] = useState("");
  const [language, setLanguage] = useState<"" | "de" | "en">("");
  const [isMissing, setMissing] = useState(false);
  const trying = useMutation({
    mutationFn: () => call(tryQuestion, { body: { text: text.trim(), ...(language && { language }) } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!text.trim());
    if (text.trim()) trying.mutate();
  };
  return (
    <Card title={t("try.title")} aside={t("try.aside")}>
      <form onSubmit={submit} noValidate className="grid gap-3">
        <TextField
          label={t("try.question")}
          maxLength={1000}
          value={text}
          placeholder={t("try.example")}
          error={isMissing ? t("try.missing") : null}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="flex flex-wrap items-end gap-3">
          <SelectField
            label={t("try.language")}
            className="mr-auto min-w-40"
            value={language}
            options={[
              { value: "", label: t("try.detect") },
              { value: "de", label: t("language.de") },
              { value: "en", label: t("language.en") },
            ]}
            onChange={(event) => setLanguage(event.target.value as typeof language)}
          />
          <Button type="submit" icon={FlaskConical} busy={trying.isPending}>
            {t("try.act")}
          </Button>
        </div>
      </form>
      <div aria-live="polite" className="mt-4">
        <FailureRows error={trying.error} />
        {trying.data && <TryResult result={trying.data} />}
      </div>
    </Card>
  );
}
