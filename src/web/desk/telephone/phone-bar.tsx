import { PhoneCall } from "lucide-react";
import type { Conversation } from "#kernel/api";
import { Button } from "../../ui/button.tsx";
import { useText } from "../text/use-text.ts";
import { TelephoneWords } from "./telephone-words.tsx";

interface BarProps {
  conversation: Conversation;
  onLogCall(): void;
}

/** Where nothing can be written: what can be done instead. */
export function PhoneBar({ onLogCall }: BarProps) {
  return (
    <TelephoneWords>
      <Bar onLogCall={onLogCall} />
    </TelephoneWords>
  );
}

function Bar({ onLogCall }: Pick<BarProps, "onLogCall">) {
  const { t } = useText();
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line bg-sheet px-4 py-3 lg:px-6">
      <p className="mr-auto text-small text-ink-2">{t("calls.noWriting")}</p>
      <Button variant="primary" icon={PhoneCall} onClick={onLogCall}>
        {t("calls.log")}
      </Button>
    </div>
  );
}
