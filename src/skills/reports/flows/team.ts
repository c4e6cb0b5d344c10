import type { Effect } from "#kernel";
import type { KnownTeam } from "../rules/settings.ts";
import { readTeamWord, type TeamAct } from "../rules/team-words.ts";
import { JOIN, TEAM } from "../rules/timer-kinds.ts";
import { fold } from "../rules/words.ts";
import { actOfOption, NO_ID, YES_ID } from "./option-ids.ts";
import { yesOrNo } from "./progress.ts";
import { type Scene, teamWords } from "./scene.ts";

/** A field team's own conversation: it joins by a code and a yes, and says what becomes of a report. */

export const JOINING = "join";

/** @returns null when nobody of a team speaks, or says something for people */
export function decideTeam(scene: Scene): readonly Effect[] | null {
  if (scene.settings.teams.length === 0) return null;
  return joining(scene) ?? speaking(scene);
}

function joining(scene: Scene): readonly Effect[] | null {
  const { turn, settings, text } = scene;
  const { flow } = turn.conversation;
  if (flow?.skill === "reports" && flow.flow === JOINING) {
    const team = settings.teams.find(({ id, code }) => id === flow.data.team && code !== null);
    const answer = yesOrNo(scene);
    if (team && answer) return answer === "yes" ? join(scene, team) : refuse(scene, team);
  }
  const folded = fold(text);
  const invited = folded === "" ? undefined : settings.teams.find(({ code }) => code === folded);
  if (!invited || turn.late) return null;
  const asked = teamWords(scene, invited.language, "joinAsk", { team: invited.name });
  const option = (id: string, key: string) => ({ id, title: teamWords(scene, invited.language, key) });
  return [
    { do: "remember", language: invited.language },
    {
      do: "ask",
      flow: JOINING,
      step: "answer",
      data: { team: invited.id, text: asked },
      text: asked,
      options: [option(YES_ID, "optionYes"), option(NO_ID, "optionNo")],
    },
  ];
}

function join({ turn }: Scene, team: KnownTeam): readonly Effect[] {
  return [
    {
      do: "schedule",
      kind: JOIN,
      key: turn.message.id,
      dueAt: turn.now,
      payload: {
        teamId: team.id,
        code: team.code,
        conversationId: turn.conversation.id,
        contactId: turn.contact.id,
        channelId: turn.channel.id,
        messageId: turn.message.id,
        text: String(turn.conversation.flow?.data.text ?? ""),
      },
    },
    { do: "endFlow" },
  ];
}

function refuse(scene: Scene, team: KnownTeam): readonly Effect[] {
  return [{ do: "say", text: teamWords(scene, team.language, "joinRefused") }, { do: "endFlow" }];
}

/** The answer follows by a timer: which reports stand open is not known here. */
function speaking(scene: Scene): readonly Effect[] | null {
  const { turn, settings } = scene;
  // A merge may change the contact, a mail's thread the conversation.
  const team = settings.teams.find(
    ({ contactId, channelId, conversationId }) =>
      conversationId === turn.conversation.id ||
      (contactId === turn.contact.id && channelId === turn.channel.id),
  );
  const said = team && actOf(scene);
  if (!said) return null;
  return [
    {
      do: "schedule",
      kind: TEAM,
      key: turn.message.id,
      dueAt: turn.now,
      payload: {
        teamId: team.id,
        act: said.act,
        reportId: said.report,
        photo: turn.message.content.type === "image" ? turn.message.id : null,
        conversationId: turn.conversation.id,
        messageId: turn.message.id,
      },
    },
  ];
}

function actOf({ turn, text }: Scene): { act: TeamAct; report: number | null } | null {
  const { content } = turn.message;
  if (content.type === "choice") return actOfOption(content.id);
  const isOwnReport = turn.conversation.flow?.skill === "reports";
  if (isOwnReport && content.type === "image") return null;
  if (content.type === "image" && text === "") return { act: "photo", report: null };
  return content.type === "image" || content.type === "text" ? readTeamWord(text) : null;
}
