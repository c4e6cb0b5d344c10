import { type CSSProperties, useEffect, useState } from "react";
import { buttonClass } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Horizon } from "../../../ui/horizon.tsx";
import { contrast, textOn } from "../../../widget/contrast.ts";
import { useText } from "../../text/use-text.ts";
import "./accent-preview.css";
import { LogoField } from "./logo-field.tsx";
import type { CompanyPart } from "./part.ts";

const hex = /^#[0-9a-f]{6}$/i;

/** One accent and a logo; everything else is derived from them. */
export function LookCard({ company, change }: CompanyPart) {
  const { t, format } = useText();
  const [typed, setTyped] = useState(company.accent);
  useEffect(() => setTyped(company.accent), [company.accent]);
  const isColour = hex.test(typed);
  const choose = (value: string) => {
    setTyped(value);
    if (hex.test(value)) change({ accent: value.toLowerCase() });
  };
  const onAccent = textOn(company.accent);
  return (
    <Card title={t("look.title")}>
      <div className="grid gap-4">
        <div className="flex items-end gap-2">
          <input
            type="color"
            aria-label={t("look.pick")}
            value={company.accent}
            onChange={(event) => choose(event.target.value)}
            className="h-(--ah-control) w-14 cursor-pointer rounded-2 border border-line-strong bg-sheet p-1"
          />
          <TextField
            label={t("look.accent")}
            isCode
            className="flex-1"
            value={typed}
            error={isColour ? null : t("look.notColour")}
            onChange={(event) => choose(event.target.value.trim())}
          />
        </div>
        <p className="text-small text-ink-2">
          {t("look.ratio", {
            ratio: format.number(Math.round(contrast(onAccent, company.accent) * 10) / 10),
          })}
        </p>
        <Preview
          accent={company.accent}
          onAccent={onAccent}
          name={company.name}
          greeting={company.greeting.de}
          customer={t(`look.customer.${company.formOfAddress}`)}
        />
        <LogoField logo={company.logo} name={company.name} onChange={(logo) => change({ logo })} />
      </div>
    </Card>
  );
}

function Preview({
  accent,
  onAccent,
  name,
  greeting,
  customer,
}: {
  accent: string;
  onAccent: string;
  name: string;
  greeting: string;
  /** What the customer is called on the line, in the customers' form of address. */
  customer: string;
}) {
  const { t } = useText();
  const chosen = { "--preview": accent, "--preview-on": onAccent } as CSSProperties;
  return (
    <figure
      aria-label={t("look.preview")}
      style={chosen}
      className="accent-preview grid gap-3 rounded-2 border border-line bg-ground p-4"
    >
      <Horizon left={name} right={customer} mode="person" turn={null} />
      <p className="justify-self-start rounded-t-3 border border-b-2 border-line border-b-accent-edge bg-sheet px-3.5 py-2 text-desk">
        {greeting}
      </p>
      <p className="flex flex-wrap items-center gap-4">
        <span className={buttonClass("primary")}>{t("look.sampleButton")}</span>
        <span className="font-strong text-accent-text underline underline-offset-4">
          {t("look.sampleLink")}
        </span>
      </p>
    </figure>
  );
}
