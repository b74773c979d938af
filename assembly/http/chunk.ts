/** Part of a body that is rewritten on its way. */
@unmanaged
export class Chunk {}
