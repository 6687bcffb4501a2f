import { signedToken } from "./token.ts";
import type { Vendor } from "./vendor.ts";

const openai: Vendor = {
  title: "OpenAI",
  address: { variable: "OPENAI_BASE_URL", real: "https://api.openai.com" },
  keys: [
    {
      name: "OPENAI_API_KEY",
      shape: "^sk-[A-Za-z0-9_-]{20,}$",
      secret: true,
      description: "OpenAI's API key (Settings, API keys).",
    },
  ],
  ask: (value) => ({
    url: `${value("OPENAI_BASE_URL")}/v1/models`,
    headers: { authorization: `Bearer ${value("OPENAI_API_KEY")}` },
  }),
  isAnswer: ({ object, data }) => object === "list" && Array.isArray(data),
  limits: { limit: "x-ratelimit-limit-requests", left: "x-ratelimit-remaining-requests" },
  standIn: (word, port) => ({
    OPENAI_BASE_URL: `http://127.0.0.1:${port}`,
    OPENAI_API_KEY: `sk-proj-${word.slice(0, 48)}`,
  }),
  source: "https://platform.openai.com/docs/api-reference/models/list",
};

const sendgrid: Vendor = {
  title: "SendGrid",
  address: { variable: "SENDGRID_API_URL", real: "https://api.sendgrid.com" },
  keys: [
    {
      name: "SENDGRID_API_KEY",
      shape: "^SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}$",
      secret: true,
      description: "SendGrid's API key (Settings, API Keys), with Mail Send only.",
    },
  ],
  ask: (value) => ({
    url: `${value("SENDGRID_API_URL")}/v3/scopes`,
    headers: { authorization: `Bearer ${value("SENDGRID_API_KEY")}` },
  }),
  isAnswer: ({ scopes }) => Array.isArray(scopes),
  limits: { limit: "x-ratelimit-limit", left: "x-ratelimit-remaining" },
  scopesOf: ({ scopes }) => (Array.isArray(scopes) ? scopes.map(String) : []),
  standIn: (word, port) => ({
    SENDGRID_API_URL: `http://127.0.0.1:${port}`,
    SENDGRID_API_KEY: `SG.${word.slice(0, 22)}.${word.slice(22, 65)}`,
  }),
  source: "https://www.twilio.com/docs/sendgrid/api-reference/api-key-permissions",
};

const livekit: Vendor = {
  title: "LiveKit",
  address: { variable: "LIVEKIT_HOST", real: undefined },
  keys: [
    {
      name: "LIVEKIT_API_KEY",
      shape: "^[A-Za-z0-9_-]{6,}$",
      secret: false,
      description: "LiveKit's API key (Settings, Keys).",
    },
    {
      name: "LIVEKIT_API_SECRET",
      shape: "^[A-Za-z0-9+/=_-]{32,}$",
      secret: true,
      description: "The secret of that key: signs the tokens that let people in.",
    },
  ],
  ask(value, nowMs) {
    const now = Math.floor(nowMs / 1_000);
    const claims = { iss: value("LIVEKIT_API_KEY"), nbf: now - 5, exp: now + 60, video: { roomList: true } };
    return {
      url: `${value("LIVEKIT_HOST").replace(/^ws/, "http")}/twirp/livekit.RoomService/ListRooms`,
      method: "POST",
      headers: {
        authorization: `Bearer ${signedToken(claims, value("LIVEKIT_API_SECRET"))}`,
        "content-type": "application/json",
      },
      body: "{}",
    };
  },
  // Without rooms protobuf's JSON may leave the list out.
  isAnswer: ({ rooms }) => rooms === undefined || Array.isArray(rooms),
  standIn: (word, port) => ({
    LIVEKIT_HOST: `ws://127.0.0.1:${port}`,
    LIVEKIT_API_KEY: `API${word.slice(0, 12)}`,
    LIVEKIT_API_SECRET: word.slice(12, 60),
  }),
  source: "https://docs.livekit.io/reference/server/server-apis/",
};

const mux: Vendor = {
  title: "Mux",
  address: { variable: "MUX_API_URL", real: "https://api.mux.com" },
  keys: [
    {
      name: "MUX_TOKEN_ID",
      shape: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
      secret: false,
      description: "Id of Mux's access token (Settings, Access Tokens).",
    },
    {
      name: "MUX_TOKEN_SECRET",
      shape: "^[A-Za-z0-9+/=]{40,}$",
      secret: true,
      description: "Secret of that access token.",
    },
  ],
  ask(value) {
    const pair = Buffer.from(`${value("MUX_TOKEN_ID")}:${value("MUX_TOKEN_SECRET")}`).toString("base64");
    return {
      url: `${value("MUX_API_URL")}/video/v1/live-streams?limit=1`,
      headers: { authorization: `Basic ${pair}` },
    };
  },
  isAnswer: ({ data }) => Array.isArray(data),
  standIn: (word, port) => ({
    MUX_API_URL: `http://127.0.0.1:${port}`,
    MUX_TOKEN_ID: word.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    MUX_TOKEN_SECRET: word.slice(32, 92),
  }),
  source: "https://docs.mux.com/core/make-api-requests",
};

const getstream: Vendor = {
  title: "GetStream",
  address: { variable: "GETSTREAM_API_URL", real: "https://chat.stream-io-api.com" },
  keys: [
    {
      name: "GETSTREAM_API_KEY",
      shape: "^[a-z0-9]{8,}$",
      secret: false,
      description: "GetStream's API key (Dashboard, App).",
    },
    {
      name: "GETSTREAM_API_SECRET",
      shape: "^[a-z0-9]{32,}$",
      secret: true,
      description: "The secret of that key: signs the tokens of people who chat.",
    },
  ],
  ask: (value) => ({
    url: `${value("GETSTREAM_API_URL")}/app?api_key=${encodeURIComponent(value("GETSTREAM_API_KEY"))}`,
    headers: {
      authorization: signedToken({ server: true }, value("GETSTREAM_API_SECRET")),
      "stream-auth-type": "jwt",
    },
  }),
  isAnswer: ({ app }) => typeof app === "object" && app !== null,
  limits: { limit: "x-ratelimit-limit", left: "x-ratelimit-remaining" },
  standIn: (word, port) => ({
    GETSTREAM_API_URL: `http://127.0.0.1:${port}`,
    GETSTREAM_API_KEY: word.slice(0, 12),
    GETSTREAM_API_SECRET: word.slice(12, 76),
  }),
  source: "https://getstream.io/chat/docs/node/tokens_and_authentication/",
};

export const VENDORS = { openai, sendgrid, livekit, mux, getstream } as const;
export const VENDOR_NAMES = ["openai", "sendgrid", "livekit", "mux", "getstream"] as const;
