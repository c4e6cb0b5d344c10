import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { Waiting } from "../../../ui/card.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { Page } from "../../shell/page.tsx";
import { PageMissing } from "../../shell/page-states.tsx";
import { useText } from "../../text/use-text.ts";
import { noticeTopicsQuery } from "../queries.ts";
import { HealthCard } from "./health-card.tsx";
import { ItemsCard } from "./items-card.tsx";
import { sourcesQuery } from "./queries.ts";
import { SecretCard } from "./secret-card.tsx";
import { SourceForm } from "./source-form.tsx";

/** One source: where it is, what it brings, and whether it comes. */
export function SourcePage() {
  const { t } = useText();
  const { source: name } = useParams({ from: "/shell/notices/sources/$source" });
  const isNew = name === "new";
  const mayWrite = isManager(useMe());
  const [secret, setSecret] = useState<string | null>(null);
  const sources = useQuery(sourcesQuery);
  const topics = useQuery(noticeTopicsQuery);
  const source = sources.data?.items.find(({ id }) => id === Number(name)) ?? null;
  const error = sources.error ?? topics.error;
  if (sources.isSuccess && !isNew && !source) return <PageMissing />;
  return (
    <Page
      title={isNew ? t("sources.new") : (source?.name ?? t("sources.source"))}
      subtitle={isNew ? t("sources.newText") : undefined}
      back={{ to: "/notices/sources", label: t("sources.title") }}
    >
      {(sources.isPending || topics.isPending) && <Waiting rows={5} label={t("notices.loading")} />}
      {error && <Failure error={error} title={t("sources.notLoaded")} retry={() => void sources.refetch()} />}
      {topics.data && (isNew || source) && (
        <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
          <div className="grid min-w-0 gap-5">
            {secret !== null && <SecretCard secret={secret} />}
            <SourceForm
              key={source?.id ?? "new"}
              source={source}
              topics={topics.data.items}
              mayWrite={mayWrite}
              onSecret={setSecret}
            />
          </div>
          <div className="grid min-w-0 gap-5">
            {source && <HealthCard source={source} mayWrite={mayWrite} />}
            {source && <ItemsCard source={source} />}
          </div>
        </div>
      )}
    </Page>
  );
}
