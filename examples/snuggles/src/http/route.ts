import type { IncomingMessage } from "node:http";
import type { Feature } from "../quotas/quota.ts";
import type { Answer } from "./answer.ts";

/** So many requests of one caller to one route within so many seconds. */
export interface Allowance {
  readonly requests: number;
  readonly seconds: number;
}

export interface Request {
  readonly id: string;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** Where the person asked for it: "https://snuggles.example". */
  readonly origin: string;
  /** Who asks; "" on public routes. */
  readonly person: string;
}

/** Met in this order: the limit, the token, the quota, the handler. */
export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** "/api/rooms/:code/join"; a parameter never contains a slash. */
  readonly path: string;
  readonly access: "public" | "signed in";
  readonly limit?: Allowance;
  /** Checked before the handler and counted with it: a request that fails has used nothing up. */
  readonly quota?: Feature;
  readonly maxBodyBytes?: number;
  handle(request: Request): Promise<Answer> | Answer;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export interface Router {
  match(method: string, path: string): Match | undefined;
  /** Methods this path knows; empty when the path is unknown. */
  methods(path: string): readonly string[];
}

export function createRouter(routes: readonly Route[]): Router {
  const compiled = routes.map((route) => ({ route, shape: shapeOf(route.path) }));
  const at = (path: string) => compiled.filter(({ shape }) => shape.test(path));
  return {
    match(method, path) {
      const wanted = method === "HEAD" ? "GET" : method;
      const found = at(path).find(({ route }) => route.method === wanted);
      if (!found) return undefined;
      return { route: found.route, params: { ...found.shape.exec(path)?.groups } };
    },
    methods(path) {
      const methods = at(path).map(({ route }) => route.method as string);
      return methods.includes("GET") ? [...methods, "HEAD"] : methods;
    },
  };
}

function shapeOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\./g, "\\.").replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);
}
