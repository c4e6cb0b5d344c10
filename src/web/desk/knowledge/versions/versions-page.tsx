import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { setRelease, versionLive } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { Waiting } from "../../../ui/card.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure, FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { KnowledgeFrame } from "../knowledge-frame.tsx";
import { versionsQuery } from "../teaching-queries.ts";
import { ComparisonCard } from "./comparison-card.tsx";
import { VersionTable } from "./version-table.tsx";

/** Which knowledge answers, what waits, and how both differ; back to an older one in one click. */
export function VersionsPage() {
  const { t } = useText();
  const mayWrite = isManager(useMe());
  const versions = useQuery(versionsQuery);
  const [compared, setCompared] = useState<number | null>(null);
  const { releasing, goingLive } = useReleasing(() => setCompared(null));
  const data = versions.data;
  const live = data?.items.find(({ isLive }) => isLive);
  return (
    <KnowledgeFrame title={t("versions.title")} subtitle={t("versions.subtitle")}>
      {versions.isPending && <Waiting rows={5} label={t("knowledge.loading")} />}
      {versions.error && (
        <Failure
          error={versions.error}
          title={t("versions.notLoaded")}
          retry={() => void versions.refetch()}
        />
      )}
      {data?.items.length === 0 && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("versions.none")}
        >
          {t("versions.noneText")}
        </Statement>
      )}
      {data && data.items.length > 0 && (
        <div className="grid gap-5">
          <section className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
            {mayWrite && (
              <div className="mb-4 max-w-[560px]">
                <Switch
                  label={t("versions.release")}
                  help={t(data.release === "auto" ? "versions.releaseOn" : "versions.releaseOff")}
                  words={{ on: t("on"), off: t("off") }}
                  checked={data.release === "auto"}
                  onChange={(isAuto) => releasing.mutate(isAuto ? "auto" : "review")}
                />
              </div>
            )}
            <FailureRows error={releasing.error ?? goingLive.error} />
            <VersionTable
              versions={data.items}
              mayWrite={mayWrite}
              compared={compared}
              isBusy={goingLive.isPending}
              onCompare={setCompared}
              onLive={(id) => goingLive.mutate({ id, isOlder: id < (live?.id ?? 0) })}
            />
          </section>
          {compared !== null && <ComparisonCard id={compared} />}
        </div>
      )}
    </KnowledgeFrame>
  );
}

function useReleasing(onLive: () => void) {
  const { t } = useText();
  const client = useQueryClient();
  const changed = () => client.invalidateQueries({ queryKey: ["knowledge"] });
  const releasing = useMutation({
    mutationFn: (release: "auto" | "review") => call(setRelease, { body: { release } }),
    onSettled: changed,
  });
  const goingLive = useMutation({
    mutationFn: ({ id }: { id: number; isOlder: boolean }) => call(versionLive, { params: { id } }),
    onSuccess: (_, { id, isOlder }) => {
      showToast({ text: t(isOlder ? "versions.rolledBack" : "versions.wentLive", { id }) });
      onLive();
    },
    onSettled: changed,
  });
  return { releasing, goingLive };
}
