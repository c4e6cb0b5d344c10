import type { TopicNames } from "#kernel";
import { RULES } from "../rules/rule-list.ts";
import { words } from "./words.ts";

/** The kinds of warnings, as the menu calls them. */
export const topicNames: TopicNames = async (_tx, _tenantId, topics) =>
  topics.flatMap(({ purpose, topic }) => {
    if (!purpose.startsWith("advocate.") || !RULES.some(({ id }) => id === topic)) return [];
    const name = (language: "de" | "en") => words({ language, form: "sie" }, `option_${topic}`);
    return [{ purpose, topic, name: { de: name("de"), en: name("en") } }];
  });
