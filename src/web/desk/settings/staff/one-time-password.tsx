import { useEffect, useRef } from "react";
import { CopyRow } from "../../../ui/copy-row.tsx";
import { useText } from "../../text/use-text.ts";

/** Shown once and never again, so it comes into view by itself. */
export function OneTimePassword({ password }: { password: string }) {
  const { t } = useText();
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new password comes into view
  useEffect(() => place.current?.scrollIntoView({ block: "nearest" }), [password]);
  return (
    <div ref={place} role="status" className="grid gap-2 scroll-mb-6">
      <CopyRow label={t("staff.oneTime")} value={password} words={{ copy: t("copy"), copied: t("copied") }} />
      <p className="text-small text-ink-2">{t("staff.oneTimeHelp")}</p>
    </div>
  );
}
