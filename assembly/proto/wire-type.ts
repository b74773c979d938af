/** How the value of a protobuf field stands in the message. */
export enum WireType {
  /** Whole numbers and flags, in as many bytes as they need. */
  Varint = 0,
  /** 8 bytes. */
  Fixed64 = 1,
  /** Texts, bytes, nested messages and packed lists, with their size in front. */
  Sized = 2,
  /** 4 bytes. */
  Fixed32 = 5,
}
