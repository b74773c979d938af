import { UserError } from "../errors.js";

interface Reason {
  says: string;
  remedy: string;
}

const full = { says: "the disk is full", remedy: "Make room" };
const forbidden = {
  says: "cannot be written: not permitted",
  remedy: "Give this user the right to write to the folder",
};
const blocked = {
  says: "a file stands where a folder is needed",
  remedy: "Move that file, or choose another folder",
};
const reasons: Record<string, Reason> = {
  ENOSPC: full,
  EDQUOT: { ...full, says: "the disk quota is used up" },
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: { ...forbidden, says: "cannot be written: the file system is read-only" },
  EISDIR: { says: "a folder stands where the file belongs", remedy: "Move that folder" },
  ENOTDIR: blocked,
  EEXIST: blocked,
};

/** Why a file could not be put in place, in words; `placed` are those that are in place already. */
export function refusal(
  path: string,
  error: NodeJS.ErrnoException,
  placed: readonly string[] = [],
): UserError {
  const { says, remedy } = reasons[error.code ?? ""] ?? { says: error.message, remedy: "Mend that" };
  const state =
    placed.length === 0
      ? "Nothing was published, and what was there stays."
      : `Whole and in place already: ${placed.join(", ")}.`;
  return new UserError(`${path}: ${says}`, `${state} ${remedy}, then publish again.`);
}
