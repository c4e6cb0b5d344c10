import { useQuery } from "@tanstack/react-query";
import { UserRoundPlus } from "lucide-react";
import type { Conversation } from "#kernel/api";
import { Button } from "../../ui/button.tsx";
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { queries } from "../session/queries.ts";
import { useMe } from "../session/session.ts";
import { useText } from "../text/use-text.ts";
import type { ConversationActions } from "./use-actions.ts";

interface AssignProps {
  conversation: Conversation;
  actions: ConversationActions;
}

export function AssignMenu({ conversation, actions }: AssignProps) {
  const { t } = useText();
  return (
    <Menu trigger={<Button icon={UserRoundPlus}>{t("action.assign")}</Button>}>
      <AssignChoices conversation={conversation} actions={actions} />
    </Menu>
  );
}

/** People and departments; a choice counts at once and can be taken back. */
export function AssignChoices({ conversation, actions }: AssignProps) {
  const { t } = useText();
  const session = useMe();
  const staff = useQuery(queries.staff).data?.items.filter((member) => member.active) ?? [];
  const departments = useQuery(queries.departments).data?.items ?? [];
  const { assignee, department } = conversation;
  const before = { staffId: assignee?.id ?? null, departmentId: department?.id ?? null };
  return (
    <>
      <MenuHeading>{t("assign.people")}</MenuHeading>
      {staff.map((member) => (
        <MenuChoice
          key={member.id}
          isChosen={assignee?.id === member.id}
          onSelect={() => actions.assign({ staffId: member.id }, member.name, before)}
        >
          {member.id === session.user.id ? t("assign.me", { name: member.name }) : member.name}
        </MenuChoice>
      ))}
      {departments.length > 0 && (
        <>
          <MenuLine />
          <MenuHeading>{t("assign.departments")}</MenuHeading>
          {departments.map((each) => (
            <MenuChoice
              key={each.id}
              isChosen={!assignee && department?.id === each.id}
              onSelect={() => actions.assign({ staffId: null, departmentId: each.id }, each.name, before)}
            >
              {each.name}
            </MenuChoice>
          ))}
        </>
      )}
      {assignee && (
        <>
          <MenuLine />
          <MenuItem onSelect={() => actions.assign({ staffId: null }, t("assign.nobody"), before)}>
            {t("assign.release")}
          </MenuItem>
        </>
      )}
    </>
  );
}
