import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Waiting } from "../../ui/card.tsx";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { FlowEditor } from "./flow-editor.tsx";
import { flowQuery } from "./queries.ts";
import { TEMPLATE } from "./template.ts";

/** One flow: a new one, or one to change. */
export function FlowPage() {
  const { t, language } = useText();
  const { flow: name } = useParams({ from: "/shell/knowledge/flows/$flow" });
  const isNew = name === "new";
  const flow = useQuery({ ...flowQuery(Number(name)), enabled: !isNew });
  const title = isNew ? t("flow.newTitle") : flow.data?.title[language] || flow.data?.name || t("flows.name");
  return (
    <Page title={title} back={{ to: "/knowledge/flows", label: t("flows.title") }}>
      {isNew && <FlowEditor key="new" flow={null} start={TEMPLATE} />}
      {!isNew && flow.isPending && <Waiting rows={8} label={t("flows.loading")} />}
      {flow.error && (
        <Failure error={flow.error} title={t("flow.notLoaded")} retry={() => void flow.refetch()} />
      )}
      {flow.data && <FlowEditor key={flow.data.id} flow={flow.data} start={flow.data.draft} />}
    </Page>
  );
}
