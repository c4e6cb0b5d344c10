import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type Intake, removeIntake } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { Card } from "../../../ui/card.tsx";
import { Tag, type TagKind } from "../../../ui/tag.tsx";
import { RemoveButton } from "../../notices/remove-button.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";

const kinds: Record<Intake["state"], TagKind> = {
  receiving: "warn",
  waiting: "info",
  reading: "info",
  grouping: "info",
  ready: "ok",
  failed: "bad",
};

interface ListProps {
  intakes: readonly Intake[];
  chosen: number | null;
  onChoose(id: number): void;
}

/** Every file and page that was read, with what came of it. */
export function IntakeList({ intakes, chosen, onChoose }: ListProps) {
  const { t } = useText();
  return (
    <Card title={t("intake.list")}>
      <ul className="divide-y divide-line">
        {intakes.map((intake) => (
          <IntakeRow
            key={intake.id}
            intake={intake}
            isChosen={intake.id === chosen}
            onChoose={() => onChoose(intake.id)}
          />
        ))}
      </ul>
    </Card>
  );
}

interface RowProps {
  intake: Intake;
  isChosen: boolean;
  onChoose(): void;
}

function IntakeRow({ intake, isChosen, onChoose }: RowProps) {
  const { t, format } = useText();
  const now = useNow();
  const client = useQueryClient();
  const { id, name, state, open, expiresAt, createdAt } = intake;
  const removing = useMutation({
    mutationFn: () => call(removeIntake, { params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: ["knowledge", "intakes"] }),
  });
  return (
    <li className="grid gap-2 py-3">
      <button
        type="button"
        aria-current={isChosen || undefined}
        aria-label={t("intake.show", { name })}
        onClick={onChoose}
        className="min-h-8 text-left font-strong wrap-anywhere underline-offset-4 hover:underline aria-current:text-accent-text"
      >
        {name}
      </button>
      <p className="flex flex-wrap items-center gap-2 text-small text-ink-2">
        <Tag kind={kinds[state]}>{t(`intake.state.${state}`)}</Tag>
        <span>{format.moment(createdAt, now)}</span>
        {state === "ready" && <span>{t("intake.open", { count: open })}</span>}
        {open > 0 && <span>{t("intake.until", { when: format.moment(expiresAt, now) })}</span>}
      </p>
      <div>
        <RemoveButton
          label={t("intake.removeShort")}
          title={t("intake.removeTitle")}
          text={t("intake.removeText")}
          keep={t("intake.keep")}
          error={removing.error}
          isBusy={removing.isPending}
          onRemove={() => removing.mutate()}
        />
      </div>
    </li>
  );
}
