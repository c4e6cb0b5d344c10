import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { TextProvider } from "../text/text-provider.tsx";
import { languageOf, usePreferences } from "./preferences.ts";
import { queries } from "./queries.ts";

/** Language from the person, form of address and time zone from the company, as soon as it is known. */
export function DeskText({ children }: { children: ReactNode }) {
  const language = languageOf(usePreferences());
  const company = useQuery({ ...queries.company, enabled: false }).data;
  return (
    <TextProvider language={language} form={company?.teamFormOfAddress ?? "sie"} timeZone={company?.timeZone}>
      {children}
    </TextProvider>
  );
}
