import { useMutation } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { exportKnowledge } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { FailureRows } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { ImportCard } from "./import-card.tsx";

/** Knowledge in and out as CSV. */
export function FilesPage() {
  const { t } = useText();
  return (
    <Page
      title={t("files.title")}
      subtitle={t("files.subtitle")}
      back={{ to: "/knowledge", label: t("place.knowledge") }}
    >
      <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
        <ImportCard />
        <ExportCard />
      </div>
    </Page>
  );
}

function ExportCard() {
  const { t } = useText();
  const exporting = useMutation({
    mutationFn: () => call(exportKnowledge, {}),
    onSuccess: ({ examples, answers }) => {
      saveFile("examples.csv", examples, "text/csv");
      saveFile("answers.csv", answers, "text/csv");
    },
  });
  return (
    <Card title={t("files.export")}>
      <p className="mb-3 text-ink-2">{t("files.exportText")}</p>
      <Button icon={Download} busy={exporting.isPending} onClick={() => exporting.mutate()}>
        {t("files.exportAct")}
      </Button>
      <FailureRows error={exporting.error} />
    </Card>
  );
}
