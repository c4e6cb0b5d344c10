import type { Effect } from "#kernel";
import { describeRhythm, describeTopic, titleOf } from "../rules/describe.ts";
import { ANY_TIME, encodeRhythm, type Rhythm } from "../rules/rhythm.ts";
import type { SpokenWindow } from "../rules/spoken-window.ts";
import { type KnownTopic, keyParameter, readChoice } from "../rules/wish.ts";
import { ask, later, type Making, NO_ID, type Scene, say, TOPIC_ID, YES_ID } from "./scene.ts";

/** Two steps: what and when, then the yes to exactly these words. */

/** WhatsApp's list has ten rows. */
const CHOICES_MOST = 10;
const TRIES_MOST = 2;

export function offerTopics(scene: Scene): readonly Effect[] {
  const { topics, language } = scene;
  if (topics.length === 0) return [{ do: "say", text: say(scene, "noTopics") }];
  const options = topics
    .slice(0, CHOICES_MOST)
    .map((topic) => ({ id: `${TOPIC_ID}${topic.id}`, title: titleOf(topic, language) }));
  return [ask("topic", say(scene, "topics"), { options })];
}

/** A topic is known: its values are asked for where they are needed, otherwise the yes. */
export function chooseTopic(
  scene: Scene,
  topic: KnownTopic,
  chosen: { values: readonly string[]; window?: SpokenWindow },
): readonly Effect[] {
  const making = { topicId: topic.id, values: chosen.values, rhythm: rhythmOf(chosen.window), tries: 0 };
  return needsValue(topic, chosen) ? [askValue(scene, topic, making)] : confirm(scene, topic, making);
}

/** Without values or a window nothing was chosen yet, though there is something to choose. */
function needsValue(
  topic: KnownTopic,
  chosen: { values: readonly string[]; window?: SpokenWindow },
): boolean {
  if (chosen.values.length > 0 || topic.parameters.length === 0) return false;
  const parameter = keyParameter(topic);
  const hasWindow = chosen.window?.weekdays !== undefined || chosen.window?.hours !== undefined;
  return parameter ? parameter.required || !hasWindow : !hasWindow;
}

function askValue(scene: Scene, topic: KnownTopic, making: Making): Effect {
  const parameter = keyParameter(topic) ?? topic.parameters[0];
  const { language } = scene;
  const value = keyParameter(topic)?.values[0]?.value ?? "";
  const hasWindow = topic.parameters.some(({ kind }) => kind === "window");
  const example = hasWindow ? say(scene, "exampleWindow", { value }).trim() : value;
  const text = say(scene, making.tries === 0 ? "askValue" : "askValueAgain", {
    topic: titleOf(topic, language),
    label: parameter?.label[language] || parameter?.label.de || "",
    example,
  });
  return ask("choose", text, { data: { ...making } });
}

/** @returns null when the message is no answer to what was asked, twice */
export function readValue(scene: Scene, topic: KnownTopic, making: Making): readonly Effect[] | null {
  const { values, window, isAll } = readChoice(scene.turn.message.text, topic);
  const hasWindow = window.weekdays !== undefined || window.hours !== undefined;
  const parameter = keyParameter(topic);
  if (values.length > 0 || (isAll && !parameter?.required) || (hasWindow && !parameter?.required))
    return confirm(scene, topic, { ...making, values, rhythm: rhythmOf(window) });
  if (making.tries + 1 >= TRIES_MOST) return null;
  return [askValue(scene, topic, { ...making, tries: making.tries + 1 })];
}

export function rhythmOf(window: SpokenWindow | undefined): Rhythm {
  if (!window) return ANY_TIME;
  return {
    ...ANY_TIME,
    ...(window.weekdays !== undefined && { weekdays: window.weekdays }),
    ...(window.hours && { from: window.hours.from, to: window.hours.to }),
  };
}

/** The words that are kept as what was agreed to. */
function agreementOf(scene: Scene, topic: KnownTopic, making: Making): string {
  return say(scene, "agreement", { company: scene.turn.tenant.name, ...spoken(scene, topic, making) });
}

function spoken({ language }: Scene, topic: KnownTopic, { values, rhythm }: Making) {
  return { topic: describeTopic(topic, values, language), when: describeRhythm(rhythm, language) };
}

export function confirm(scene: Scene, topic: KnownTopic, making: Making): readonly Effect[] {
  const text = say(scene, "confirm", { agreement: agreementOf(scene, topic, making) });
  const options = [
    { id: YES_ID, title: say(scene, "yes") },
    { id: NO_ID, title: say(scene, "no") },
  ];
  const data = { ...making, tries: 0, language: scene.language };
  return [ask("confirm", text, { data, options })];
}

export function agree(scene: Scene, topic: KnownTopic, making: Making): readonly Effect[] {
  return [
    { do: "say", text: say(scene, "subscribed", spoken(scene, topic, making)) },
    later(scene, "notices_subscribe", {
      topicId: topic.id,
      values: making.values,
      rhythm: encodeRhythm(making.rhythm),
      language: scene.language,
      text: agreementOf(scene, topic, making),
    }),
  ];
}
