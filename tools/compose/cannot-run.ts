import { UserError } from "../errors.js";

/** Why containers cannot be run on this machine: no verdict on anything that is tested in them. */
export class CannotRun extends UserError {}
