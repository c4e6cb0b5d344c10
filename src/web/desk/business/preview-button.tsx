import { useMutation } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { previewQuotation } from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { useText } from "../text/use-text.ts";
import { Faults } from "./faults.tsx";

/** Opens the document as it would be sent. @param before saves; false keeps the preview back */
export function PreviewButton({ id, before }: { id: number; before(): Promise<boolean> }) {
  const { t } = useText();
  const showing = useMutation({
    mutationFn: async (page: Window | null) => {
      if (!(await before())) return page?.close();
      const { pdf } = await call(previewQuotation, { params: { id } });
      const bytes = Uint8Array.from(atob(pdf), (sign) => sign.charCodeAt(0));
      const url = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
      if (page) page.location.href = url;
      else window.location.assign(url);
      // The reader has it by then.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
    },
    onError: (_error, page) => page?.close(),
  });
  return (
    <>
      {/* Opened with the click itself: a window that comes later is held for an advertisement. */}
      <Button
        icon={FileText}
        busy={showing.isPending}
        onClick={() => showing.mutate(window.open("", "_blank"))}
      >
        {t("business.preview")}
      </Button>
      <Faults error={showing.error} />
    </>
  );
}
