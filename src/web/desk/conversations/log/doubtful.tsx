import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Message, settleMessage } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { takeMessage } from "../../shell/live-feed.ts";
import { useText } from "../../text/use-text.ts";

/** A send whose end is not known, or that failed: a person decides, so that nothing is sent twice by itself. */
export function Doubtful({ message }: { message: Message }) {
  const { t } = useText();
  const client = useQueryClient();
  const settling = useMutation({
    mutationFn: (decision: "arrived" | "resend") =>
      call(settleMessage, {
        params: { id: message.id },
        body: { conversationId: message.conversationId, decision },
      }),
    onSuccess: (settled) => takeMessage(client, settled),
  });
  const isUncertain = message.status === "uncertain";
  return (
    <div className="mt-1 max-w-[86%] self-end rounded-2 border border-line bg-sheet px-4 py-3 text-small lg:max-w-[540px]">
      <StateLine kind={isUncertain ? "warn" : "bad"}>
        {isUncertain ? t("doubt.uncertain") : t("doubt.failed")}
      </StateLine>
      <p className="mt-1 text-ink-2">
        {isUncertain ? t("doubt.uncertainText") : (message.error?.text ?? t("doubt.failedText"))}
        {message.error && <code className="ml-1.5 font-mono text-tiny">{message.error.code}</code>}
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button busy={settling.isPending} onClick={() => settling.mutate("resend")}>
          {t("doubt.resend")}
        </Button>
        {isUncertain && <Button onClick={() => settling.mutate("arrived")}>{t("doubt.arrived")}</Button>}
      </div>
      <FailureRows error={settling.error} />
    </div>
  );
}
