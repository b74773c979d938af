// The spec runner makes exports of the callbacks in here, so that the host can call them in a spec.
import "../entry";

export { CallSeen } from "./call-seen";
export { Callee } from "./callee";
export { GrpcAnswer } from "./grpc-answer";
export { Level } from "../host/log";
export { Answer, Message, Request } from "./message";
export { OpenConnection } from "./open-connection";
export { OpenExchange } from "./open-exchange";
export { Seen } from "./seen";
export { LogLine, Trial } from "./trial";
export { TrialClock } from "./clock";
