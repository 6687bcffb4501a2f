/*
 * Node's modules of HTTP. To import one by its name would read every export of it at once, and for `WebSocket`, which
 * is among them, Node loads a client of its own: some 20 ms of every start, for nothing (Node 24.21).
 */
export const http = process.getBuiltinModule("node:http");
export const https = process.getBuiltinModule("node:https");
