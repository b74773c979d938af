export const GrpcStatus = {
  InvalidCode: -1,
  Unknown: 2,
  PermissionDenied: 7,
  Unimplemented: 12,
  Internal: 13,
  Unavailable: 14,
  Unauthenticated: 16,
} as const;

const ofHttp: Readonly<Record<number, number>> = {
  400: GrpcStatus.Internal,
  401: GrpcStatus.Unauthenticated,
  403: GrpcStatus.PermissionDenied,
  404: GrpcStatus.Unimplemented,
  429: GrpcStatus.Unavailable,
  502: GrpcStatus.Unavailable,
  503: GrpcStatus.Unavailable,
  504: GrpcStatus.Unavailable,
};

/** What an HTTP status says to gRPC (https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md). */
export function statusOfHttp(status: number): number {
  return ofHttp[status] ?? GrpcStatus.Unknown;
}
