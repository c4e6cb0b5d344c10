import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { importKnowledge } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { BoatDrawing } from "../../ui/drawings.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Steps } from "../../ui/progress.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { FileField } from "./file-field.tsx";
import { ImportReport } from "./import-report.tsx";

type Report = ReplyOf<typeof importKnowledge>;
type Phase = "reading" | "storing";

/** Reads two CSV files, shows how far it is, and says what was left out and why. */
export function ImportCard() {
  const { t } = useText();
  const client = useQueryClient();
  const [language, setLanguage] = useState<"de" | "en">("de");
  const [examples, setExamples] = useState<File | null>(null);
  const [answers, setAnswers] = useState<File | null>(null);
  const [isChecked, setChecked] = useState(false);
  const [phase, setPhase] = useState<Phase>("reading");
  const importing = useMutation({
    mutationFn: async (file: File): Promise<Report> => {
      setPhase("reading");
      const texts = { examples: await file.text(), ...(answers && { answers: await answers.text() }) };
      setPhase("storing");
      return call(importKnowledge, { body: { language, ...texts } });
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: ["knowledge"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (examples) importing.mutate(examples);
  };
  return (
    <Card title={t("files.import")}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <p className="text-ink-2">{t("files.importText")}</p>
        <SelectField
          label={t("files.language")}
          help={t("files.languageHelp")}
          value={language}
          options={(["de", "en"] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(event) => setLanguage(event.target.value as "de" | "en")}
        />
        <FileField
          label={t("files.examples")}
          help="text,intent[,lang]"
          file={examples}
          error={isChecked && !examples ? t("files.examplesMissing") : null}
          onChange={setExamples}
        />
        <FileField
          label={t("files.answers")}
          help="intent,lang,answer[,title,link,buttons]"
          file={answers}
          onChange={setAnswers}
        />
        <Button type="submit" variant="primary" className="justify-self-start" busy={importing.isPending}>
          {t("files.importAct")}
        </Button>
      </form>
      <div aria-live="polite" className="mt-5">
        {importing.isPending && <ImportProgress phase={phase} size={examples?.size ?? 0} />}
        <FailureRows error={importing.error} />
        {importing.data && <ImportReport report={importing.data} />}
      </div>
    </Card>
  );
}

function ImportProgress({ phase, size }: { phase: Phase; size: number }) {
  const { t, format } = useText();
  const isStoring = phase === "storing";
  const steps = [
    { name: t("files.stepRead"), state: isStoring ? "done" : "now", detail: format.size(size) },
    { name: t("files.stepStore"), state: isStoring ? "now" : "ahead" },
    { name: t("files.stepTrain"), state: "ahead", detail: t("files.stepTrainText") },
  ] as const;
  return (
    <>
      <BoatDrawing className="mb-4 w-[260px] max-w-full" />
      <Steps
        steps={steps}
        words={{ done: t("step.done"), now: t("step.now"), ahead: t("step.ahead"), failed: t("step.failed") }}
      />
    </>
  );
}
