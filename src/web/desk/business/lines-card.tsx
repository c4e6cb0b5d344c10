import { Plus } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useText } from "../text/use-text.ts";
import { blankLine, roomForLines, type TypedLine } from "./draft-lines.ts";
import { LineFields } from "./line-fields.tsx";

interface LinesProps {
  lines: readonly TypedLine[];
  currency: string;
  saysFaults: boolean;
  /** Of a new line. */
  taxBp: number;
  onChange(lines: readonly TypedLine[]): void;
}

/** What is offered, line by line; Enter begins the next one. */
export function LinesCard({ lines, currency, saysFaults, taxBp, onChange }: LinesProps) {
  const { t, language } = useText();
  const last = useRef<HTMLInputElement>(null);
  const add = () => {
    if (lines.length >= roomForLines) return;
    onChange([...lines, blankLine(taxBp, language)]);
    requestAnimationFrame(() => last.current?.focus());
  };
  const remove = (line: TypedLine) => {
    const before = lines;
    onChange(lines.filter((one) => one.key !== line.key));
    showToast({
      text: t("business.lineRemoved"),
      undo: { label: t("business.undo"), onClick: () => onChange(before) },
    });
  };
  return (
    <Card title={t("business.lines")} aside={t("business.linesHelp")}>
      <LineHead />
      <ol>
        {lines.map((line, place) => (
          <LineFields
            key={line.key}
            line={line}
            place={place + 1}
            currency={currency}
            saysFaults={saysFaults}
            {...(place === lines.length - 1 && { textRef: last })}
            onChange={(next) => onChange(lines.map((one) => (one.key === line.key ? next : one)))}
            onRemove={() => remove(line)}
            onNext={add}
          />
        ))}
      </ol>
      <Button icon={Plus} className="mt-3" disabled={lines.length >= roomForLines} onClick={add}>
        {t("business.addLine")}
      </Button>
    </Card>
  );
}

function LineHead() {
  const { t } = useText();
  const heads = ["text", "quantity", "unit", "price", "per", "discount", "tax", "net"] as const;
  return (
    <div
      aria-hidden="true"
      className="hidden grid-cols-[2rem_1fr_6rem_5.5rem_6rem_5.5rem_5rem_4.5rem_7rem_2.5rem] gap-2 border-b-[1.5px] border-ink pb-1 text-small font-strong lg:grid"
    >
      <span />
      {heads.map((key) => (
        <span key={key} className={key === "net" ? "text-right" : ""}>
          {t(`business.field.${key}`)}
        </span>
      ))}
    </div>
  );
}
