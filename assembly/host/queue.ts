/** A queue that VMs share. */
@unmanaged
export class Queue {}
