import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { createTopic, deleteTopic, replaceTopic, type Topic } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { showToast } from "../../ui/toast.tsx";
import { useText } from "../text/use-text.ts";
import { inputOf, type TopicDraft } from "./topic-draft.ts";

/**
 * Saves a topic whole; training begins by itself.
 * @param id null = not saved yet
 * @param start the examples that the editor began with
 */
export function useTopicSaving(id: number | null, start: Topic["examples"]) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const changed = () => client.invalidateQueries({ queryKey: ["knowledge"] });
  const [shown, setShown] = useState(start);
  const saving = useMutation({
    mutationFn: async (draft: TopicDraft) => {
      const body = inputOf(draft, shown);
      if (id === null) return call(createTopic, { body });
      const ids = shown.flatMap((example) => example.id ?? []);
      const topic = await call(replaceTopic, { params: { id }, body: { ...body, shown: ids } });
      // What colleagues accepted meanwhile stands in the answer and not in the editor.
      setShown(topic.examples.filter((one) => body.examples.some((sent) => isSame(one, sent))));
      return topic;
    },
    onSuccess: (topic) => {
      void changed();
      showToast({ text: t("topic.saved") });
      if (id === null)
        void navigate({ to: "/knowledge/$topic", params: { topic: String(topic.id) }, replace: true });
    },
  });
  const removing = useMutation({
    mutationFn: () => call(deleteTopic, { params: { id: id ?? 0 } }),
    onSuccess: () => {
      void changed();
      showToast({ text: t("topic.removed") });
      void navigate({ to: "/knowledge" });
    },
  });
  return { saving, removing };
}

type Example = Topic["examples"][number];

function isSame(a: Example, b: Example): boolean {
  return a.language === b.language && a.text === b.text;
}
