import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus, Upload } from "lucide-react";
import { useRef } from "react";
import { createFlow } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Waiting } from "../../ui/card.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { Statement } from "../../ui/statement.tsx";
import { StateLine } from "../../ui/tag.tsx";
import { KnowledgeFrame } from "../knowledge/knowledge-frame.tsx";
import { isManager, useMe } from "../session/session.ts";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { FlowTable } from "./flow-table.tsx";
import { KeyCard } from "./key-card.tsx";
import { flowsQuery } from "./queries.ts";

/** All flows of the company, and the ways to a new one. */
export function FlowsPage() {
  const { t } = useText();
  const flows = useQuery(flowsQuery);
  const me = useMe();
  const mayWrite = isManager(me);
  const importing = useImport();
  const items = flows.data?.items;
  return (
    <KnowledgeFrame
      title={t("flows.title")}
      subtitle={t("flows.subtitle")}
      actions={
        mayWrite && (
          <>
            <ImportButton onText={importing.mutate} isBusy={importing.isPending} />
            <Link to="/knowledge/flows/$flow" params={{ flow: "new" }} className={buttonClass("primary")}>
              <Plus size={18} strokeWidth={1.75} aria-hidden="true" /> {t("flows.new")}
            </Link>
          </>
        )
      }
    >
      {importing.error && (
        <p role="alert" className="mb-4">
          <StateLine kind="bad">{t("flows.importFault")}</StateLine>
        </p>
      )}
      {flows.isPending && <Waiting rows={5} label={t("flows.loading")} />}
      {flows.error && (
        <Failure error={flows.error} title={t("flows.notLoaded")} retry={() => void flows.refetch()} />
      )}
      {items?.length === 0 && (
        <Statement drawing={<LighthouseDrawing className="w-[270px] max-w-full" />} title={t("flows.none")}>
          {t("flows.noneText")}
        </Statement>
      )}
      {items && items.length > 0 && (
        <div className="grid gap-5">
          <FlowTable flows={items} />
          {me.role === "owner" && <KeyCard />}
        </div>
      )}
    </KnowledgeFrame>
  );
}

function useImport() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (file: File) => call(createFlow, { body: { text: await textOf(file) } }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ["knowledge"] });
      void navigate({ to: "/knowledge/flows/$flow", params: { flow: String(id) } });
    },
  });
}

/** @throws TypeError for bytes that are no UTF-8 */
async function textOf(file: File): Promise<string> {
  return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
}

function ImportButton({ onText, isBusy }: { onText(file: File): void; isBusy: boolean }) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".flow,.txt,text/plain"
        aria-label={t("flows.import")}
        tabIndex={-1}
        className="hidden"
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          if (file) onText(file);
          // The same file may be chosen again.
          target.value = "";
        }}
      />
      <Button icon={Upload} busy={isBusy} onClick={() => input.current?.click()}>
        {t("flows.import")}
      </Button>
    </>
  );
}
