/** Who makes calls of its own: a filter. */
export abstract class Sender {}
