import type { RoomCatalogue } from "../../text/catalogue.ts";

/** Going live: the company's papers, and what a connection still lacks. */
export const goLive: RoomCatalogue<"goLive"> = {
  "documents.subtitle": "Made from the running configuration. They change when the configuration changes.",
  "documents.loading": "The documents are being made.",
  "documents.notLoaded": "The documents are not loaded",
  "documents.ownersOnly": "Only owners see the documents.",
  "documents.gaps": {
    one: "One place can only be filled in by the company.",
    other: "{count} places can only be filled in by the company.",
  },
  "documents.noGaps": "Filled in completely.",
  "documents.page": "Save to print",
  "documents.text": "Save to edit",
  "documents.choose": "Document",
  "documents.language": "Language of the document",
  "documents.de": "German",
  "documents.en": "English",
  "documents.saved": "{title} is saved.",
  "documents.note": "Templates are no legal advice. Have them checked before you sign.",

  "inspect.act": "Check step by step",
  "inspect.running": "The provider is being asked.",
  "inspect.ok": "all right",
  "inspect.warn": "look at it",
  "inspect.bad": "to do",
  "inspect.done": "All is well: customers can write.",
};
