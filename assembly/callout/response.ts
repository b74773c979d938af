/** What came of a call. */
@unmanaged
export class CallResponse {}
