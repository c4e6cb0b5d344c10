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

  "walk.whatsapp.1":
    "business.facebook.com: make a business and have it verified in the Security Centre. That often takes days; you can begin without.",
  "walk.whatsapp.2":
    "developers.facebook.com: make an app of type Business with the product WhatsApp and add the number. It must not be signed in to any WhatsApp app.",
  "walk.whatsapp.3":
    "Business settings, system users: make a token without expiry with whatsapp_business_messaging and whatsapp_business_management.",
  "walk.whatsapp.4":
    "After connecting, the card shows webhook address and verify token: enter them in the app under WhatsApp, Configuration, and subscribe to messages. Then check step by step.",
  "walk.telegram.1": "In Telegram write to @BotFather: /newbot, then a name. It tells a token.",
  "walk.telegram.2": "The node tells Telegram address and secret by itself.",
  "walk.email.1":
    "At the mail provider switch on IMAP and SMTP and, where there is such a thing, make a password for programs.",
  "walk.email.2": "After connecting, the node checks reading, sending, SPF, DKIM and DMARC.",
  "walk.web.1": "Enter the addresses of the web pages that show the chat.",
  "walk.web.2": "Then put the line from the card into these pages, before </body>.",

  "inspect.act": "Check step by step",
  "inspect.running": "The provider is being asked.",
  "inspect.ok": "all right",
  "inspect.warn": "look at it",
  "inspect.bad": "to do",
  "inspect.done": "All is well: customers can write.",
};
