import { Problem } from "../../../client/problem.ts";
import { Button } from "../../../ui/button.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { Refusal } from "./refusal.tsx";

interface StaleFormProps {
  error: unknown;
  isBusy: boolean;
  /** What stands now takes the place of what was typed. */
  onTakeTheirs(): void;
  /** What was typed takes the place of what stands now. */
  onKeepMine(): void;
}

/** Why a form was not saved. Where somebody else was quicker nothing is overwritten without a click. */
export function StaleForm({ error, isBusy, onTakeTheirs, onKeepMine }: StaleFormProps) {
  const { t } = useText();
  if (!(error instanceof Problem && error.code === "conflict")) return <Refusal error={error} />;
  return (
    <div role="alert" className="grid gap-2 py-2">
      <StateLine kind="warn">{t("deliverySetup.stale")}</StateLine>
      <p className="max-w-[66ch] text-small text-ink-2">{t("deliverySetup.staleKept")}</p>
      <div className="flex flex-wrap gap-2">
        <Button busy={isBusy} onClick={onTakeTheirs}>
          {t("deliverySetup.staleTheirs")}
        </Button>
        <Button busy={isBusy} onClick={onKeepMine}>
          {t("deliverySetup.staleMine")}
        </Button>
      </div>
    </div>
  );
}
