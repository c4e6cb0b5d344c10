import { Phone } from "lucide-react";
import { buttonClass } from "../../ui/button.tsx";

/** A number that is called by a tap, where the computer can. */
export function PhoneLink({ phone }: { phone: string }) {
  return (
    <a href={`tel:${phone.replace(/[^\d+]/g, "")}`} className={buttonClass("secondary")}>
      <Phone size={18} strokeWidth={1.75} aria-hidden="true" />
      {phone}
    </a>
  );
}
