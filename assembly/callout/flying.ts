import { Context } from "../stream/context";
import { Sender } from "../stream/sender";

/** How the host numbers what is under way: HTTP calls by themselves, gRPC calls and streams together. */
export enum Kind {
  HttpCall,
  GrpcCall,
  GrpcStream,
}

/** What is under way in the host: a call or a stream. Authors hold a `Call`, a `GrpcCall` or a `GrpcStream`. */
export class Flying {
  /** Its number in the host; 0 before it is under way and after its end. For the library's own use. */
  token: u32 = 0;

  /** For the library's own use. */
  kind: Kind = Kind.HttpCall;

  /** The exchange or connection that it belongs to; null where it is the filter's own. For the library's own use. */
  owner: Context | null = null;

  /** The filter whose own it is. For the library's own use. */
  sender: Sender | null = null;

  /** The one behind it in its list. For the library's own use. */
  next: usize = 0;
}
