import { Link } from "@tanstack/react-router";
import type { FrameProps } from "../../shell/room-frame.tsx";
import { useText } from "../../text/use-text.ts";
import { DeliveryFrame } from "../delivery-frame.tsx";

const parts = [
  { to: "/delivery/setup", label: "deliverySetup.part.city" },
  { to: "/delivery/setup/couriers", label: "deliverySetup.part.couriers" },
  { to: "/delivery/setup/plan", label: "deliverySetup.part.plan" },
  { to: "/delivery/setup/partners", label: "deliverySetup.part.partners" },
  { to: "/delivery/setup/systems", label: "deliverySetup.part.systems" },
] as const;

/** A part of the set-up, with the way to the others. */
export function SetupFrame({ children, ...props }: FrameProps) {
  const { t } = useText();
  return (
    <DeliveryFrame {...props}>
      <nav aria-label={t("deliverySetup.parts")} className="mb-5 flex flex-wrap gap-x-4 gap-y-1">
        {parts.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true, includeSearch: false }}
            className="inline-flex min-h-8 items-center border-b-2 border-transparent text-small font-strong text-accent-text hover:underline coarse:min-h-11 aria-[current=page]:border-ink aria-[current=page]:text-ink"
          >
            {t(label)}
          </Link>
        ))}
      </nav>
      {children}
    </DeliveryFrame>
  );
}
