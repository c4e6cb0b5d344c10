import { useQuery } from "@tanstack/react-query";
import { queries } from "../session/queries.ts";

/** A colleague's name by id; what is no colleague's id (a program's key, a source) as it is. */
export function useStaffName(): (id: string) => string {
  const staff = useQuery(queries.staff).data?.items;
  return (id) => staff?.find((member) => member.id === id)?.name ?? id;
}
