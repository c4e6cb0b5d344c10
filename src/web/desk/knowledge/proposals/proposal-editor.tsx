import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useState } from "react";
import type { ProposedTopic } from "../../../../skills/service/api.ts";
import { Button } from "../../../ui/button.tsx";
import { SelectField, TextArea, TextField } from "../../../ui/field.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { topicsQuery } from "../queries.ts";
import { useDeciding } from "./use-deciding.ts";

interface EditorProps {
  proposal: ProposedTopic;
  others: readonly ProposedTopic[];
  onClose(): void;
}

const NEW = "";

/** Another title or answer, fewer questions, another place: then the yes. */
export function ProposalEditor({ proposal, others, onClose }: EditorProps) {
  const { t } = useText();
  const topics = useQuery(topicsQuery);
  const [title, setTitle] = useState(proposal.title);
  const [answer, setAnswer] = useState(proposal.answer ?? "");
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const [topic, setTopic] = useState(NEW);
  const { decide, isPending, error } = useDeciding(proposal.id, title);
  const examples = proposal.examples.filter((text) => !leftOut.has(text));
  const isComplete = title.trim() !== "" && examples.length > 0;
  const told = answer.trim() === "" ? null : answer.trim();
  const known = topics.data?.items ?? [];
  const target = known.find(({ id }) => String(id) === topic);
  const accept = () => {
    const said = target ? t("proposal.added", { title: target.title }) : t("proposal.accepted", { title });
    decide({ do: "accept", title: title.trim(), answer: told, examples, topicId: target?.id ?? null }, said);
  };
  const close = () => {
    const isChanged = title.trim() !== proposal.title || told !== proposal.answer;
    if (isChanged && title.trim() !== "") decide({ do: "rename", title: title.trim(), answer: told }, "");
    onClose();
  };
  const toggle = (text: string) => {
    const next = new Set(leftOut);
    if (!next.delete(text)) next.add(text);
    setLeftOut(next);
  };
  return (
    <div className="grid gap-4">
      <TextField
        label={t("proposal.name")}
        lang={proposal.language}
        maxLength={120}
        error={title.trim() === "" ? t("topic.titleMissing") : null}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Examples proposal={proposal} leftOut={leftOut} onToggle={toggle} />
      <TextArea
        label={t("proposal.answer")}
        lang={proposal.language}
        rows={6}
        maxLength={4000}
        help={/\[[^\]]+\]/.test(answer) ? t("proposal.placeholder") : undefined}
        value={answer}
        onChange={(event) => setAnswer(event.target.value)}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t("proposal.addTo")}
          options={[
            { value: NEW, label: t("proposal.newTopic") },
            ...known.map(({ id, title: name }) => ({ value: String(id), label: name })),
          ]}
          value={topic}
          onChange={(event) => setTopic(event.target.value)}
        />
        {others.length > 0 && <MergeField proposal={proposal} others={others} />}
      </div>
      <FailureRows error={error} />
      <div className="flex flex-wrap gap-2">
        <Button
          variant="primary"
          icon={Check}
          busy={isPending}
          disabled={!isComplete}
          aria-label={t("proposal.acceptOf", { title })}
          onClick={accept}
        >
          {t("proposal.accept")}
        </Button>
        <Button onClick={close}>{t("proposal.close")}</Button>
      </div>
    </div>
  );
}

interface ExamplesProps {
  proposal: ProposedTopic;
  leftOut: ReadonlySet<string>;
  onToggle(text: string): void;
}

function Examples({ proposal, leftOut, onToggle }: ExamplesProps) {
  const { t } = useText();
  return (
    <fieldset>
      <legend className="text-small font-strong">{t("proposal.examples")}</legend>
      <ul lang={proposal.language} className="mt-1 max-h-72 overflow-y-auto rounded-2 border border-line">
        {proposal.examples.map((text) => (
          <li key={text} className="border-b border-line last:border-0">
            <label className="flex min-h-(--ah-control) cursor-pointer items-center gap-2.5 px-3 py-1">
              <input
                type="checkbox"
                className="size-4 shrink-0 accent-(--ah-accent)"
                aria-label={t("proposal.exampleOf", { text })}
                checked={!leftOut.has(text)}
                onChange={() => onToggle(text)}
              />
              <span className="min-w-0 wrap-anywhere">{text}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function MergeField({ proposal, others }: Pick<EditorProps, "proposal" | "others">) {
  const { t } = useText();
  const { decide, isPending } = useDeciding(proposal.id, proposal.title);
  return (
    <SelectField
      label={t("proposal.merge")}
      disabled={isPending}
      options={[
        { value: "", label: t("proposal.mergeChoose") },
        ...others.map(({ id, title }) => ({ value: String(id), label: title })),
      ]}
      value=""
      onChange={(event) => {
        const into = others.find(({ id }) => String(id) === event.target.value);
        if (into) decide({ do: "merge", into: into.id }, t("proposal.merged", { title: into.title }));
      }}
    />
  );
}
