import { useMutation } from "@tanstack/react-query";
import { Printer } from "lucide-react";
import { makeLabels } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { saveBytes } from "../../../ui/save-bytes.ts";
import { useText } from "../../text/use-text.ts";
import { Refusal } from "../setup/refusal.tsx";

interface LabelButtonsProps {
  items: readonly { deliveryId: number; parcels: number }[];
  carrierId: number | undefined;
}

const formats = ["10x15", "a4"] as const;

/** Labels to print, for a label printer or on sheets. */
export function LabelButtons({ items, carrierId }: LabelButtonsProps) {
  const { t } = useText();
  const making = useMutation({
    mutationFn: (format: (typeof formats)[number]) =>
      call(makeLabels, {
        body: { format, items: [...items], ...(carrierId !== undefined && { carrierId }) },
      }),
    onSuccess: ({ name, pdf }) => saveBytes(name, pdf, "application/pdf"),
  });
  return (
    <>
      {formats.map((format) => (
        <Button
          key={format}
          icon={Printer}
          busy={making.isPending && making.variables === format}
          onClick={() => making.mutate(format)}
        >
          {t(`deliverySent.label.${format}`)}
        </Button>
      ))}
      <Refusal error={making.error} />
    </>
  );
}
