import { useMutation } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { inspectChannel } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { RoomWords } from "../../text/room-words.tsx";
import { useText } from "../../text/use-text.ts";

/** Everything that a connection needs, in the order in which it is put right. */
export function Inspection({ channelId }: { channelId: number }) {
  return (
    <RoomWords room="goLive" isExtra>
      <Steps channelId={channelId} />
    </RoomWords>
  );
}

function Steps({ channelId }: { channelId: number }) {
  const { t, language } = useText();
  const asking = useMutation({ mutationFn: () => call(inspectChannel, { params: { id: channelId } }) });
  const steps = asking.data?.steps ?? [];
  const isWell = asking.data && steps.every(({ level }) => level === "ok");
  return (
    <div className="mt-3">
      <Button icon={ListChecks} busy={asking.isPending} onClick={() => asking.mutate()}>
        {t("inspect.act")}
      </Button>
      <div aria-live="polite">
        {asking.isPending && <p className="mt-2 text-small text-ink-2">{t("inspect.running")}</p>}
        {isWell && <p className="mt-2 text-small font-strong">{t("inspect.done")}</p>}
        {steps.length > 0 && (
          <ol className="mt-2 grid gap-2">
            {steps.map(({ name, level, text }) => (
              <li key={`${name} ${text.en}`} className="border-t border-line pt-2 text-small">
                <StateLine kind={level}>{t(`inspect.${level}`)}</StateLine>
                <p className="break-words">{text[language]}</p>
              </li>
            ))}
          </ol>
        )}
      </div>
      <FailureRows error={asking.error} />
    </div>
  );
}
