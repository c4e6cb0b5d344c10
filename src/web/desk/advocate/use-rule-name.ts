import { useText } from "../text/use-text.ts";

/** What a kind of warning is called. */
export function useRuleName(): (rule: string) => string {
  const { t } = useText();
  return (rule) => t.maybe(`advocate.rule.${rule}`) ?? rule;
}
