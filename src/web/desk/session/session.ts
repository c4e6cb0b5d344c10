import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import type { Company, me, ReplyOf } from "#kernel/api";
import { queries } from "./queries.ts";

export type Me = ReplyOf<typeof me>;

export const SessionContext = createContext<Me | null>(null);

/** Who is signed in. Only inside the shell, which waits for it. */
export function useMe(): Me {
  const session = use(SessionContext);
  if (!session) throw new Error("useMe stands outside of the shell");
  return session;
}

/** The company's settings; null while they load. */
export function useCompany(): Company | null {
  return useQuery(queries.company).data ?? null;
}

/** May change settings, knowledge and staff? The node checks it too. */
export function isManager(session: Me): boolean {
  return session.role !== "agent";
}

/** My department in this company; null when I have none. */
export function useMyDepartment(): number | null {
  const session = useMe();
  const staff = useQuery(queries.staff).data?.items;
  return staff?.find((member) => member.id === session.user.id)?.departmentId ?? null;
}
