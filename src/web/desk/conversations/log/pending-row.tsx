import { Clock, OctagonAlert } from "lucide-react";
import { Button } from "../../../ui/button.tsx";
import { sentencesOf } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { askComposer } from "../composer/composer-events.ts";
import { discard, type Pending, retryWaiting } from "../outbox.ts";
import { Bubble } from "./bubble.tsx";

/** What is on its way: kept here until the node has it. */
export function PendingRow({ item }: { item: Pending }) {
  const { t } = useText();
  const isWaiting = item.state === "waiting";
  const below =
    item.state === "sending" ? (
      <span className="inline-flex items-center gap-1">
        <Clock size={15} strokeWidth={1.75} aria-hidden="true" /> {t("pending.sending")}
      </span>
    ) : (
      <span className="inline-flex items-center gap-1 text-bad">
        <OctagonAlert size={15} strokeWidth={1.75} aria-hidden="true" /> {t("pending.notSent")}
      </span>
    );
  return (
    <div className="flex flex-col">
      <Bubble side="us" isOpen below={below}>
        {item.file && <p className="font-strong">{item.file.name}</p>}
        {item.template && <p className="font-strong">{item.template.name}</p>}
        {item.text && <p className="whitespace-pre-wrap">{item.text}</p>}
      </Bubble>
      {item.state !== "sending" && (
        <div
          role="status"
          className="mt-1 max-w-[86%] self-end rounded-2 border border-line bg-sheet px-4 py-3 text-small lg:max-w-[540px]"
        >
          <p>{isWaiting ? t("pending.waitingText") : refusal(item, t)}</p>
          <div className="mt-2 flex flex-wrap gap-2">
            {isWaiting && <Button onClick={() => void retryWaiting()}>{t("pending.tryNow")}</Button>}
            <Button onClick={() => takeBack(item)}>{t("pending.takeBack")}</Button>
          </div>
        </div>
      )}
    </div>
  );
}

function refusal(item: Pending, t: ReturnType<typeof useText>["t"]): string {
  if (!item.problem) return t("pending.refused");
  const { happened, todo } = sentencesOf(item.problem, t);
  return `${happened} ${todo}`;
}

/** Its words go back into the field, to be changed. */
function takeBack(item: Pending): void {
  discard(item.clientId);
  askComposer(item.note ? "note" : "answer", { text: item.text });
}
