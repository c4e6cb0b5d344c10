import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { makeTopic } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { isManager, useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

interface QuestionProps {
  conversationId: number;
  /** Of an open question; without one it is the question of the case. */
  questionKey: string | undefined;
}

/**
 * A customer's question becomes the first example of a new topic. The server takes its words, so that they go with who
 * asked and never stand in an address.
 */
export function TopicOfQuestion({ conversationId, questionKey }: QuestionProps) {
  const { t, language } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const mayWrite = isManager(useMe());
  const [title, setTitle] = useState("");
  const [isChecked, setChecked] = useState(false);
  const making = useMutation({
    mutationFn: () =>
      call(makeTopic, {
        body: { title: title.trim(), language, questions: [{ conversationId, questionKey }] },
      }),
    onSuccess: ({ id }) => {
      void client.invalidateQueries({ queryKey: ["knowledge"] });
      void navigate({ to: "/knowledge/$topic", params: { topic: String(id) }, replace: true });
    },
  });
  const isMissing = title.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!isMissing) making.mutate();
  };
  return (
    <Card title={t("topic.ofQuestion")}>
      <form onSubmit={submit} noValidate>
        <fieldset disabled={!mayWrite} className="grid max-w-[480px] gap-4">
          <legend className="ear-only">{t("topic.ofQuestion")}</legend>
          <p className="text-ink-2">{t(mayWrite ? "topic.ofQuestionText" : "knowledge.readOnly")}</p>
          <TextField
            label={t("topic.titleIn", { language: t(`language.${language}`) })}
            maxLength={120}
            autoFocus
            value={title}
            error={isChecked && isMissing ? t("topic.titleMissing") : null}
            onChange={(event) => setTitle(event.target.value)}
          />
          <FailureRows error={making.error} />
          <div>
            <Button type="submit" variant="primary" busy={making.isPending}>
              {t("topic.ofQuestionMake")}
            </Button>
          </div>
        </fieldset>
      </form>
    </Card>
  );
}
