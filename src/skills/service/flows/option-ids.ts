/** Ids of options; they come back in a `choice` message, today or in a year. */
export const TOPIC_ID = "topic:";
/** A button that leads to no topic: its title is what the customer says. */
export const SAY_ID = "say:";
export const PERSON_ID = "person";
export const ELSE_ID = "else";
export const YES_ID = "yes";
export const NO_ID = "no";
/** Begins with the skill's name: such a tap is heard also while a person has the conversation. */
export const CALL_ID = "service:callback";
