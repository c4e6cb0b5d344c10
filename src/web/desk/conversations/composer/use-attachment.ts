import { useState } from "react";
import { largestFile, type StoredFile, uploadFile } from "../../../client/files.ts";

/** A file beside the text; it is stored while the text is still written. */
export type Attachment =
  | { state: "uploading"; name: string; size: number }
  | { state: "ready"; name: string; size: number; stored: StoredFile }
  | { state: "failed"; name: string; size: number; file: File; error: unknown }
  | { state: "tooLarge"; name: string; size: number };

export function useAttachment() {
  const [attachment, setAttachment] = useState<Attachment | null>(null);
  const add = async (file: File) => {
    const { name, size } = file;
    if (size > largestFile) return setAttachment({ state: "tooLarge", name, size });
    setAttachment({ state: "uploading", name, size });
    try {
      const stored = await uploadFile(file);
      setAttachment((now) => now && { state: "ready", name, size, stored });
    } catch (error) {
      setAttachment((now) => now && { state: "failed", name, size, file, error });
    }
  };
  return { attachment, add: (file: File) => void add(file), remove: () => setAttachment(null) };
}
