import { useQuery } from "@tanstack/react-query";
import type { Intake, ProposedTopic } from "../../../../skills/service/api.ts";
import { Card, Waiting } from "../../../ui/card.tsx";
import { BoatDrawing, FogDrawing, LighthouseDrawing } from "../../../ui/drawings.tsx";
import { ProgressLine, Steps } from "../../../ui/progress.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { DecidedList } from "./decided-list.tsx";
import { ProposalRow } from "./proposal-row.tsx";
import { intakeQuery, isWorking } from "./queries.ts";

/** What became of one file: how far it is, what is wrong with it, or what it proposes. */
export function IntakeView({ id }: { id: number }) {
  const { t } = useText();
  const intake = useQuery(intakeQuery(id));
  const data = intake.data;
  if (intake.isPending) return <Waiting rows={5} label={t("intake.loading")} />;
  if (!data)
    return <Failure error={intake.error} title={t("intake.notLoaded")} retry={() => void intake.refetch()} />;
  if (isWorking(data)) return <Working intake={data} />;
  if (data.state === "ready") return <Proposed intake={data} topics={data.topics} />;
  return <Fault intake={data} />;
}

function Working({ intake }: { intake: Intake }) {
  const { t } = useText();
  const isGrouping = intake.state === "grouping";
  const steps = [
    { name: t("intake.stepSend"), state: "done" },
    { name: t("intake.stepRead"), state: isGrouping ? "done" : "now" },
    { name: t("intake.stepGroup"), state: isGrouping ? "now" : "ahead" },
  ] as const;
  return (
    <Card title={intake.name}>
      <BoatDrawing className="mb-4 w-[260px] max-w-full" />
      <Steps
        steps={steps}
        words={{ done: t("step.done"), now: t("step.now"), ahead: t("step.ahead"), failed: t("step.failed") }}
      />
      <ProgressLine share={intake.share} label={t(`intake.state.${intake.state}`)} />
      <p className="mt-3 text-small text-ink-2">{t("intake.working")}</p>
    </Card>
  );
}

function Fault({ intake }: { intake: Intake }) {
  const { t } = useText();
  const why = t.maybe(`intake.fault.${intake.fault ?? "incomplete"}`) ?? t("intake.fault.incomplete");
  return (
    <div role="alert">
      <Statement
        drawing={<FogDrawing className="w-[240px] max-w-full" />}
        title={`${intake.name}: ${t("intake.state.failed")}`}
      >
        {why} {t("intake.faultKept")}
      </Statement>
    </div>
  );
}

function Proposed({ intake, topics }: { intake: Intake; topics: readonly ProposedTopic[] }) {
  const { t } = useText();
  const open = topics.filter(({ state }) => state === "open");
  const { counts } = intake;
  return (
    <div className="grid gap-5">
      <Card title={intake.name} aside={t("intake.open", { count: open.length })}>
        {counts && (
          <p className="text-small text-ink-2">
            {t("intake.counts", counts)} {counts.own !== "" && t("intake.ownIs", { own: counts.own })}
          </p>
        )}
        {open.length === 0 ? (
          <Statement
            drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
            title={t("proposal.noneLeft")}
          >
            {t("proposal.noneLeftText")}
          </Statement>
        ) : (
          <ul className="divide-y divide-line">
            {open.map((proposal) => (
              <ProposalRow
                key={proposal.id}
                proposal={proposal}
                others={open.filter(({ id }) => id !== proposal.id)}
              />
            ))}
          </ul>
        )}
      </Card>
      <DecidedList topics={topics} />
    </div>
  );
}
