import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { Card } from "../../ui/card.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { Switch } from "../../ui/switch.tsx";
import { flowsQuery } from "../flows/queries.ts";
import { useText } from "../text/use-text.ts";
import { intentOf, languages, type PartProps } from "./topic-draft.ts";

/** The house's flows that may take the turn instead of a plain answer. */
const houseFlows = [
  "collect_order",
  "callback",
  "lookup_order",
  "lookup_parcel",
  "lookup_invoice",
  "lookup_appointment",
  "lookup_machine",
];

interface FrameProps extends PartProps {
  isNew: boolean;
  /** The first title, which gets the focus when one is missing. */
  title: RefObject<HTMLInputElement | null>;
  titleFault: boolean;
}

/** What the topic is called, its key, and whether it is offered first. */
export function TopicFrame({ draft, change, isNew, title, titleFault }: FrameProps) {
  const { t, language } = useText();
  const stored = useQuery(flowsQuery).data?.items ?? [];
  const own = stored.map((flow) => ({
    value: flow.name,
    label: t(flow.liveVersion === null ? "topic.flowDraft" : "topic.flowOwn", {
      name: flow.title[language] || flow.name,
    }),
  }));
  const listed = [
    { value: "", label: t("flow.none") },
    ...houseFlows.map((flow) => ({ value: flow, label: t.maybe(`topic.flow.${flow}`) ?? flow })),
    ...own,
  ];
  const isListed = listed.some(({ value }) => value === draft.flow);
  const options = isListed ? listed : [...listed, { value: draft.flow, label: draft.flow }];
  // A flow that names the topic takes it, whatever is chosen here.
  const taking = stored.find((flow) => flow.liveVersion !== null && flow.topics.includes(draft.intent));
  return (
    <Card>
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {languages.map((language) => (
          <TextField
            key={language}
            ref={language === "de" ? title : undefined}
            label={t("topic.titleIn", { language: t(`language.${language}`) })}
            maxLength={120}
            autoFocus={isNew && language === "de"}
            value={draft.title[language]}
            error={titleFault && language === "de" ? t("topic.titleMissing") : null}
            onChange={(event) => change({ title: { ...draft.title, [language]: event.target.value } })}
          />
        ))}
        <TextField
          label={t("topic.intent")}
          help={t("topic.intentHelp")}
          isCode
          value={draft.intent}
          placeholder={intentOf(draft.title.de || draft.title.en)}
          onChange={(event) => change({ intent: intentOf(event.target.value) })}
        />
        <SelectField
          label={t("topic.flow")}
          help={
            taking
              ? t("topic.flowTakes", { name: taking.title[language] || taking.name })
              : t("topic.flowHelp")
          }
          value={draft.flow}
          options={options}
          onChange={(event) => change({ flow: event.target.value })}
        />
      </div>
      <div className="mt-4 max-w-[480px]">
        <Switch
          label={t("topic.mostAsked")}
          help={t("topic.mostAskedHelp")}
          words={{ on: t("on"), off: t("off") }}
          checked={draft.mostAsked}
          onChange={(mostAsked) => change({ mostAsked })}
        />
      </div>
    </Card>
  );
}
