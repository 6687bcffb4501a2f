import { z } from "zod";
import { parseDuration } from "../../model/duration.ts";

const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, 'expected a duration such as "2s"');
const share = z.number().gt(0).max(1);

/** "{{room}}" and "{{word}}" in any text of `data` become the room and a random word. */
const message = z.strictObject({
  event: z.string().min(1).optional().describe("Name of the event (Socket.IO)."),
  data: z
    .record(z.string(), z.unknown())
    .default({})
    .describe('What is sent; "{{room}}" and "{{word}}" in any text become the room and a random word.'),
});

export const realtimeOptions = z.strictObject({
  answers: z
    .array(z.string().min(1))
    .default([])
    .describe('How your checklist asks whether it works: ["Real-time features working"].'),
  protocol: z
    .enum(["socket.io", "websocket"])
    .default("socket.io")
    .describe("Socket.IO 4, or JSON messages over a plain WebSocket."),
  path: z
    .string()
    .regex(/^\/\S*$/, 'expected a path such as "/socket.io/"')
    .default("/socket.io/")
    .describe("Where it is opened."),
  host: z.string().min(1).optional().describe("Host name it lives on, when it is not the environment's own."),
  tokenParameter: z
    .string()
    .min(1)
    .default("token")
    .describe("Name of the access token: in Socket.IO's auth, or in the query of a plain WebSocket."),
  guests: z
    .string()
    .min(1)
    .describe(
      "Shell line, run in the project with the environment's variables, that prints, as JSON on its last line, { member, stranger, room }: access tokens of somebody who takes part in a room and of somebody who does not, and that room.",
    ),
  join: message.optional().describe("What a page sends to hear what happens in a room."),
  send: message.describe("What somebody in the room sends so that everybody in it hears it."),
  heard: z.string().min(1).optional().describe("Name of the event by which the others hear it."),
  within: duration.default("2s").describe("The others hear it within this."),
  connections: z.int().min(1).max(500).default(20).describe("Opened at once, and held together."),
  connectShare: share.default(0.99).describe("Share of them that must be opened."),
  reconnectShare: share.default(0.95).describe("Share of them that must come back after they were cut."),
});

export type RealtimeOptions = z.output<typeof realtimeOptions>;
export type Message = z.output<typeof message>;
