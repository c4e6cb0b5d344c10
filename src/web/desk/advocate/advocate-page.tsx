import { NoticesFrame } from "../notices/notices-frame.tsx";
import { isManager, useMe } from "../session/session.ts";
import { useText } from "../text/use-text.ts";
import { CarrierCard } from "./carrier-card.tsx";
import { HonestyCard } from "./honesty-card.tsx";
import { PersonsCard } from "./persons-card.tsx";
import { RulesCard } from "./rules-card.tsx";
import { VetoesCard } from "./vetoes-card.tsx";

/** Warnings in the customers' interest: what they cost and earned, of what, for whom, and what they keep from being advertised. */
export function AdvocatePage() {
  const { t } = useText();
  const mayDecide = isManager(useMe());
  return (
    <NoticesFrame title={t("advocate.title")} subtitle={t("advocate.subtitle")}>
      <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
        <div className="grid min-w-0 gap-5">
          {mayDecide && <HonestyCard />}
          <PersonsCard />
        </div>
        <div className="grid min-w-0 gap-5">
          <RulesCard mayDecide={mayDecide} />
          <VetoesCard />
          <CarrierCard />
        </div>
      </div>
    </NoticesFrame>
  );
}
