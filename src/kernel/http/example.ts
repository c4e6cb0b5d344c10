import type { Schema } from "./openapi.ts";

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "2026-11-21T09:30:00.000Z",
  date: "2026-11-21",
  uuid: "01936c1e-a000-8000-8000-000000000000",
  email: "anna@example.com",
  uri: "https://www.example.com",
};
const WORDS: Readonly<Record<string, string>> = {
  name: "Anna Petersen",
  text: "Where is my parcel?",
  language: "en",
  timeZone: "Europe/Berlin",
  phone: "+494012345678",
  from: "09:00",
  to: "17:00",
  accent: "#0b5a6e",
  holidayRegion: "DE-HH",
  password: "a long password",
  phoneNumberId: "106540352242922",
  token: "123456789:AAbbCCddEEffGG",
};

/** A value that fits the schema, to show what a body looks like. @param name of the property it stands under */
export function exampleOf(schema: Schema, name = ""): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined && name !== "") return schema.default;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf;
  if (choice) return exampleOf(choice[0] ?? {}, name);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, property]) => [key, exampleOf(property, key)]),
      );
    case "array":
      if (schema.prefixItems) return schema.prefixItems.map((item) => exampleOf(item, name));
      return schema.items && Object.keys(schema.items).length > 0 ? [exampleOf(schema.items, name)] : [];
    case "integer":
    case "number":
      return Math.max(1, schema.minimum ?? 1);
    case "boolean":
      return false;
    case "null":
      return null;
    default:
      return FORMATS[schema.format ?? ""] ?? WORDS[name] ?? (name || "text");
  }
}
